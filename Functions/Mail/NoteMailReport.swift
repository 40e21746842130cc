import Correspondence
import Endpoint
import Postgres
import Validation

/// Notes what Resend reports of a mail after it took it: that it came back, or cannot be sent.
@main struct NoteMailReport: Endpoint {
    static let route = Route.post("/api/webhooks/resend")
    static let access = Access.resend
    static let summary = "Webhook: what Resend reports of a mail"
    static let success = Success.noContent

    /// Events: https://resend.com/docs/webhooks/event-types
    struct Input: Decodable {
        let type: String
        let data: Report

        struct Report: Decodable {
            let emailID: String?
            let tags: Tags?
            let bounce: Words?
            let failed: Words?
            let suppressed: Words?

            enum CodingKeys: String, CodingKey {
                case emailID = "email_id"
                case tags, bounce, failed, suppressed
            }
        }

        struct Tags: Decodable {
            /// Which delivery asked for the mail; `ResendTransport.tag`.
            let delivery: String?

            enum CodingKeys: String, CodingKey {
                case delivery = "parley_mail"
            }
        }

        struct Words: Decodable {
            let message: String?
            let reason: String?
            let type: String?
        }
    }

    private struct Known: Decodable {
        let isOurs: Bool
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: MailService) throws(Failure) -> Nothing {
        let words: Input.Words?
        let state: String
        switch input.type {
        case "email.bounced": (words, state) = (input.data.bounce, "bounced")
        case "email.suppressed": (words, state) = (input.data.suppressed, "bounced")
        case "email.failed": (words, state) = (input.data.failed, "failed")
        // What is on its way, opened or read is not our business.
        default: return Nothing()
        }
        let reason = [words?.type, words?.message ?? words?.reason].compactMap { $0 }.joined(separator: ": ")
        // A mail that is none of ours was sent by something else with the same key.
        let _: Known? = try caller.database.row(
            """
            SELECT report_mail(\(input.data.tags?.delivery), \(input.data.emailID), \(state),
                left(\(reason.isEmpty ? "The mail service gave no reason." : reason), 500)) AS is_ours
            """)
        return Nothing()
    }
}
