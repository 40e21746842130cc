import Endpoint
import JSON
import POSIX
import Postgres
import Validation

/// Compares the ledger of consent with the ledgers of calls to providers and of results: lists what was made of an
/// answer after its candidate had refused it, a line each, and then how much was compared. There should be no such line.
///
///     ProveConsent            exit status 1 when there is one
@main enum ProveConsent {
    private struct Violation: Codable {
        let organizationId: Identifier
        let asyncInterviewId: Identifier
        let videoResponseId: Identifier
        /// `call` or `result`.
        let kind: String
        let id: Identifier
        let purpose: String
        let at: Timestamp
    }

    private struct Compared: Codable {
        let interviewsWithRefusals: Int
        let answersOfThem: Int
        let calls: Int
        let results: Int
        let violations: Int
    }

    static func main() {
        guard CommandLine.arguments.count == 1 else { Command.fail("usage: ProveConsent", status: 64) }
        do {
            let session = try Database(Environment.read(), as: .admin).session
            let violations: [Violation] = try session.rows("SELECT * FROM consent_violation ORDER BY at")
            for violation in violations { print(String(decoding: try JSON.text(of: violation), as: UTF8.self)) }
            print(String(decoding: try JSON.text(of: try compared(violations.count, session)), as: UTF8.self))
            if !violations.isEmpty { Command.fail("ProveConsent: engines were sent what candidates had refused") }
        } catch let failure as Failure {
            Command.fail("ProveConsent: \(failure.cause ?? failure.detail)")
        } catch {
            Command.fail("ProveConsent: \(error)")
        }
    }

    private static func compared(_ violations: Int, _ session: Session) throws(Failure) -> Compared {
        let compared: Compared? = try session.row(
            """
            WITH refused AS (
                SELECT DISTINCT async_interview_id AS id FROM consent_receipt
                WHERE NOT granted AND purpose IN ('TRANSCRIPTION', 'ANALYSIS'))
            SELECT (SELECT count(*) FROM refused) AS interviews_with_refusals,
                (SELECT count(*) FROM video_response v JOIN refused r ON r.id = v.async_interview_id) AS answers_of_them,
                (SELECT count(*) FROM ai_call) AS calls, (SELECT count(*) FROM analysis_result) AS results,
                \(violations) AS violations
            """)
        guard let compared else { throw .internal("no row from counts") }
        return compared
    }
}
