import Correspondence
import Endpoint
import FoundationEssentials
import Identity
import LiveInterviews
import Mail
import Postgres
import Validation

/// A mail about a live interview as it would be sent now. Nothing is sent.
@main struct PreviewLiveMail: Endpoint {
    static let route = Route.get("/api/interviews/{id}/mails/{kind}/preview")
    static let access = Access.recruiter
    static let summary = "A mail about a live interview as it would be sent now"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let kind: LiveMailKind
        /// The interviewer who would get it; without it, the candidate.
        let accountId: Identifier?
    }

    struct Output: Codable {
        let to: String
        let subject: String
        let text: String
        /// A whole document, without scripts and with nothing to load.
        let html: String
        /// The attached calendar entry.
        let calendar: String
    }

    let letters: Letters
    let postman: Postman

    init(_ environment: Environment) throws(Failure) {
        letters = try Letters(environment)
        postman = try Postman(environment)
    }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let facts: LiveFacts? = try caller.database.row(LiveFacts.query(input.id, to: input.accountId))
        guard let facts else { throw .notFound("interview") }
        let letter = letters.letter(input.kind, about: input.id, facts, to: input.accountId)
        do {
            let message = try letter.message(
                from: postman.sender(for: facts.organization), to: Mailbox(facts.recipientEmail, name: facts.recipientName),
                messageID: "preview@localhost", date: Date(Timestamp.now))
            return Output(
                to: facts.recipientEmail, subject: message.subject, text: message.text, html: message.html.source,
                calendar: String(decoding: message.attachment?.content ?? [], as: UTF8.self))
        } catch {
            throw .conflict("This mail cannot be written. \(error.explanation)")
        }
    }
}
