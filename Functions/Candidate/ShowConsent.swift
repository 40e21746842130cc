import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// What a candidate is asked to agree to, in their language, and what they chose so far.
@main struct ShowConsent: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}/consent")
    static let access = Access.candidateReading
    static let summary = "What the candidate is asked to agree to"

    struct Input: Decodable {
        let locale: LanguageTag?
    }

    struct Output: Codable {
        let version: String
        let locale: ConsentLocale
        let items: [ConsentItem]
        let receipts: [ConsentReceipt]
    }

    private struct Row: Decodable {
        let asksForVideo: Bool
        let receipts: [ConsentReceipt]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> Output {
        let row: Row? = try caller.database.row(
            """
            SELECT EXISTS (SELECT FROM question WHERE type <> 'ASYNC_TEXT') AS asks_for_video,
                consent_receipts(caller_interview()) AS receipts
            """)
        guard let row else { throw .notFound("interview") }
        let locale = ConsentLocale(for: input.locale)
        return Output(
            version: ConsentText.version, locale: locale,
            items: ConsentItem.all(in: locale, asksForVideo: row.asksForVideo),
            receipts: row.receipts)
    }
}
