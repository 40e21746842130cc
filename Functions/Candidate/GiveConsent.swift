import Endpoint
import Identity
import Interviews
import JSON
import Postgres
import Validation

/// Keeps a receipt of each choice, and brings the answers there are in line with it. Choices can
/// be changed until the interview is submitted; choosing the same again changes nothing.
@main struct GiveConsent: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/consent")
    static let access = Access.candidate
    static let summary = "Agree or refuse, purpose by purpose"

    struct Input: Decodable {
        /// Of the texts that were shown.
        let version: Text<1, 20>
        let locale: ConsentLocale
        let choices: List<Decision, 1, 4>
    }

    struct Decision: Codable, Sendable {
        let purpose: ConsentPurpose
        let granted: Bool
    }

    struct Output: Codable {
        let receipts: [ConsentReceipt]
    }

    private struct Facts: Decodable {
        let status: InterviewStatus
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            // One after the other with every change that asks for consent.
            let facts: Facts? = try transaction.row(
                "SELECT status FROM async_interview WHERE id = caller_interview() FOR UPDATE")
            guard let facts, facts.status != .submitted, facts.status != .reviewed else {
                throw .conflict("This interview was submitted and can no longer be changed.")
            }
            try check(input)
            keep(input, transaction)
            transaction.queue("SELECT apply_consent(caller_interview())")
            let output: Output? = try transaction.row("SELECT consent_receipts(caller_interview()) AS receipts")
            guard let output else { throw .internal("no row from an aggregate") }
            return output
        }
    }

    private func check(_ input: Input) throws(Failure) {
        guard input.version.value == ConsentText.version else {
            throw .conflict("These texts have changed meanwhile. Please read the new ones and choose again.")
        }
        let purposes = input.choices.elements.map(\.purpose)
        guard Set(purposes).count == purposes.count else { throw .invalid("choices", "must name each purpose once") }
    }

    private func keep(_ input: Input, _ transaction: Transaction) {
        let choices = input.choices.elements.map { choice -> JSON in
            [
                "purpose": .string(choice.purpose.rawValue), "granted": .bool(choice.granted),
                "text": .string(ConsentText.text(choice.purpose, input.locale)),
            ]
        }
        transaction.queue(
            """
            INSERT INTO consent_receipt (
                organization_id, async_interview_id, candidate_id, purpose, granted, version, locale, text_hash)
            SELECT i.organization_id, i.id, i.candidate_id, c.purpose, c.granted, \(input.version), \(input.locale),
                sha256(convert_to(c.text, 'UTF8'))
            FROM async_interview i
            CROSS JOIN jsonb_to_recordset(\(JSON.array(choices))) AS c (purpose text, granted boolean, text text)
            LEFT JOIN LATERAL (
                SELECT granted, version, locale FROM consent_receipt r
                WHERE r.async_interview_id = i.id AND r.purpose = c.purpose
                ORDER BY given_at DESC, id DESC LIMIT 1) newest ON true
            WHERE i.id = caller_interview() AND (newest.granted, newest.version, newest.locale)
                IS DISTINCT FROM (c.granted, \(input.version)::text, \(input.locale)::text)
            """)
    }
}
