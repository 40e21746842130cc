import Endpoint
import Identity
import JSON
import Postgres
import ResumeRecords
import Validation

/// Puts right one value of what was read. It stays right whatever is read later.
@main struct CorrectResume: Endpoint {
    static let route = Route.patch("/api/resume/{candidateId}")
    static let access = Access.recruiter
    static let summary = "Correct a value that was read in a resume"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let candidateId: Identifier
        let field: CorrectableField
        /// Without one, the candidate has none.
        let value: FieldValue?
        /// Whether to take the correction back, so that what was read counts again.
        let revert: Bool?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ResumeRecord {
        if let value = input.value, value.isNumber != input.field.isNumber {
            throw .invalid("value", input.field.isNumber ? "must be a number of years" : "must be text")
        }
        let isReverted = input.revert ?? false
        guard !isReverted || input.value == nil else { throw .invalid("value", "cannot be given when a correction is taken back") }
        return try caller.database.transaction { transaction throws(Failure) in
            let current = try ResumeRecord.read(of: input.candidateId, version: nil, transaction)
            if isReverted {
                transaction.queue(
                    "DELETE FROM resume_correction WHERE candidate_id = \(input.candidateId) AND field = \(input.field.rawValue)")
            } else {
                transaction.queue(
                    """
                    INSERT INTO resume_correction (organization_id, candidate_id, field, value, account_id)
                    VALUES (caller_organization(), \(input.candidateId), \(input.field.rawValue), \(input.value?.json), caller_account())
                    ON CONFLICT (candidate_id, field) DO UPDATE
                    SET value = excluded.value, account_id = excluded.account_id, corrected_at = clock_timestamp()
                    """)
            }
            return try ResumeRecord.read(of: input.candidateId, version: current.version, transaction)
        }
    }
}
