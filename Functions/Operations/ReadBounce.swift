import Endpoint
import Identity
import Mail
import POSIX
import Postgres
import Validation

/// Reads a message that came to `PARLEY_BOUNCE_ADDRESS`, as a mail server's pipe transport hands it over
/// on standard input, and notes that the mail it is about came back. Auto-replies, forgeries and what
/// only says that a mail is late are left alone; none of these is a failure.
///
///     ReadBounce ADDRESS < message
///
/// ADDRESS is the one that the message was sent to. Ends with 75 when the mail server should try again
/// later: https://www.postfix.org/pipe.8.html
@main enum ReadBounce {
    private struct Outcome: Decodable {
        let outcome: String
    }

    private static let tryAgain: Int32 = 75

    static func main() {
        guard CommandLine.arguments.count == 2 else { Command.fail("usage: ReadBounce ADDRESS < message", status: 64) }
        do {
            print(try read(CommandLine.arguments[1]))
        } catch let failure as Failure {
            Command.fail("ReadBounce: \(failure.cause ?? failure.detail)", status: tryAgain)
        } catch {
            Command.fail("ReadBounce: \(error)", status: tryAgain)
        }
    }

    /// - Returns: what became of the message, for whoever watches the mail server.
    private static func read(_ address: String) throws -> String {
        let message = try File.read(0, limit: DeliveryReport.mostBytes)
        // The rest is taken too: a mail server that cannot write would try again.
        while try !File.read(0, limit: DeliveryReport.mostBytes).isEmpty {}
        let environment = Environment.read()
        guard let returnAddress = try ReturnAddress(environment) else { throw Failure.internal("PARLEY_BOUNCE_ADDRESS is not set") }
        guard let delivery = returnAddress.delivery(of: address) else { return "ignored: not an address that was given to a mail" }
        let report: DeliveryReport
        do { report = try DeliveryReport(message) } catch { return "ignored: \(words(for: error))" }
        guard let failure = report.failure else { return "ignored: it has not failed" }
        let outcome: Outcome? = try Database(environment, as: .service).session.row(
            "SELECT bounce_mail(\(delivery), \(failure.reason)) AS outcome")
        guard let outcome else { throw Failure.internal("no row from a function") }
        return outcome.outcome == "noted" ? "noted" : "ignored: \(outcome.outcome)"
    }

    private static func words(for problem: DeliveryReport.Problem) -> String {
        switch problem {
        case .notAReport: "not a delivery report"
        case .malformed(let what): "a delivery report with \(what)"
        }
    }
}
