import Endpoint
import Identity
import Postgres
import ResumeRecords
import Validation

/// Takes a version back with its file and everything read in it: the wrong person's resume, for example. The
/// version before counts again.
@main struct RemoveResumeVersion: Endpoint {
    static let route = Route.delete("/api/resume/{candidateId}/versions/{version}")
    static let access = Access.recruiter
    static let summary = "Take back a version of a resume"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let candidateId: Identifier
        let version: Whole<1, 1_000_000>
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Nothing {
        try caller.database.transaction { transaction throws(Failure) in
            ResumeArrival.hold(input.candidateId, transaction)
            let removed = try transaction.execute(
                "DELETE FROM resume WHERE candidate_id = \(input.candidateId) AND version = \(input.version)")
            guard removed == 1 else { throw .notFound("version") }
            ResumeAccess.note(.removed, input.candidateId, version: input.version.value, transaction)
        }
        return Nothing()
    }
}
