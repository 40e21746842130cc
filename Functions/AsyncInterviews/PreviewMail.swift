import Correspondence
import Endpoint
import FoundationEssentials
import Identity
import Mail
import Postgres
import Validation

/// A mail about an interview as it would be sent now. Nothing is sent.
@main struct PreviewMail: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}/mails/{kind}/preview")
    static let access = Access.recruiter
    static let summary = "A mail about an interview as it would be sent now"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
        let kind: MailKind
    }

    struct Output: Codable {
        let to: String
        let subject: String
        let text: String
        /// A whole document, without scripts and with nothing to load.
        let html: String
    }

    let letters: Letters

    init(_ environment: Environment) throws(Failure) { letters = try Letters(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let facts: InterviewFacts? = try caller.database.row(InterviewFacts.query(input.id))
        guard let facts else { throw .notFound("interview") }
        let letter = letters.letter(input.kind, about: input.id, facts)
        let (name, address) = facts.recipient(of: input.kind)
        do {
            let recipient = try Mailbox(address, name: name)
            let message = try letter.message(
                from: recipient, to: recipient, messageID: "preview@localhost", date: Date(Timestamp.now))
            return Output(to: address, subject: message.subject, text: message.text, html: message.html.source)
        } catch {
            throw .conflict("This mail cannot be written. \(error.explanation)")
        }
    }
}
