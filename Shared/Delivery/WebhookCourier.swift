public import Endpoint
import JSON
import Network
import POSIX
import Postgres
import Validation
import Webhooks

/// Sends organisations' endpoints the events they asked for, as signed Standard Webhooks, and keeps
/// trying until they are taken or given up. Any number may run; none delivers anything else, so a
/// slow endpoint delays nothing of this installation's own.
public struct WebhookCourier {
    /// The longest an endpoint may take to answer, in seconds.
    static let patience = 15
    /// How long a delivery belongs to a courier that was killed, in seconds: longer than `patience`.
    static let lease = 30
    /// Seconds to wait after each failed attempt, as Standard Webhooks suggests; then it is given up,
    /// after about three days.
    static let schedule = [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    /// An endpoint that took nothing for so many days is switched off.
    static let mostFailingDays = 5
    /// Seconds between two rounds of removing what is outdated.
    private static let roundEvery = 60

    struct Delivery: Decodable {
        let id: Identifier
        let leaseToken: Identifier
        let attempts: Int
        let eventType: String
        let data: String
        let traceparent: String?
        let createdAt: Timestamp
        let endpointId: Identifier
        let url: String
        let secretVersion: Int
        let hasPreviousSecret: Bool
    }

    private let session: Session
    private let database: Database
    private let secrets: WebhookSecrets
    private let client: HTTPClient
    private let allowsLoopback: Bool
    private var lastRound = 0

    public init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .courier)
        session = database.session
        secrets = try WebhookSecrets(environment)
        allowsLoopback = WebhookEndpoint.allowsLoopback(environment)
        client = HTTPClient(reach: allowsLoopback ? .publicAddressesAndLoopback : .publicAddresses)
    }

    /// Delivers one event, or waits until there may be one.
    public mutating func step() {
        do throws(Failure) {
            if let delivery = try leaseOne() {
                try deliver(delivery)
            } else {
                try removeOutdated()
                let wait = try millisecondsUntilDue()
                _ = Shutdown.wait(for: try database.listen("webhook"), milliseconds: wait)
                try database.drainNotifications()
            }
        } catch {
            Log.write(.warning, "database", function: "WebhookCourier", detail: error.cause)
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
    }

    private func leaseOne() throws(Failure) -> Delivery? {
        try session.row("SELECT * FROM lease_webhook(make_interval(secs => \(Double(Self.lease))))")
    }

    private struct Wait: Decodable {
        let seconds: Double?
    }

    /// At most five seconds: a notification can be lost with its connection.
    private func millisecondsUntilDue() throws(Failure) -> Int {
        let wait: Wait? = try session.row("SELECT seconds_to_next_webhook() AS seconds")
        return Int(min(5, max(0.005, wait?.seconds ?? 5)) * 1000)
    }

    private mutating func removeOutdated() throws(Failure) {
        let now = Timestamp.now.seconds
        guard now - lastRound >= Self.roundEvery else { return }
        lastRound = now
        try session.execute("SELECT remove_outdated(1000)")
    }

    private func deliver(_ delivery: Delivery) throws(Failure) {
        let began = Process.steadyClock
        let outcome = try send(delivery)
        let milliseconds = (Process.steadyClock - began) / 1_000_000
        let (verdict, delay) = Self.verdict(on: outcome, attempts: delivery.attempts)
        struct Finished: Decodable { let isOurs: Bool }
        let finished: Finished? = try session.row(
            """
            SELECT finish_webhook(\(delivery.id), \(delivery.leaseToken), \(verdict.rawValue), \(outcome.status)::integer,
                \(outcome.error), \(milliseconds)::integer, make_interval(secs => \(delay)),
                make_interval(days => \(Self.mostFailingDays)::integer)) AS is_ours
            """)
        // No address and no answer: both may hold secrets.
        if verdict != .delivered {
            Log.write(
                .warning, "webhook", function: "WebhookCourier", status: outcome.status,
                detail: "\(delivery.id): attempt \(delivery.attempts), \(outcome.error ?? "")")
        }
        if finished?.isOurs == false {
            Log.write(.warning, "lease lost", function: "WebhookCourier", detail: "\(delivery.id)")
        }
    }

    /// What came of an attempt.
    struct Result {
        /// Nil when no answer came.
        let status: Int?
        /// Nil for a success; see ``NetworkError/Code``.
        let error: String?
        /// Seconds that the receiver asked to wait.
        let retryAfter: Double?
    }

    private func send(_ delivery: Delivery) throws(Failure) -> Result {
        // What was allowed when it was written may not be any more.
        let url = try? WebhookURL(delivery.url)
        guard let url, allowsLoopback || !url.isLoopback else {
            return Result(status: nil, error: NetworkError.Code.refusedAddress.rawValue, retryAfter: nil)
        }
        let body = Array(
            #"{"type":"\#(delivery.eventType)","timestamp":"\#(delivery.createdAt)","data":\#(delivery.data)}"#.utf8)
        var request = HTTPRequest(.post, url.value, headers: ["Content-Type": "application/json"], body: body)
        let signed = try secrets.headers(
            id: delivery.id, body: body, of: delivery.endpointId, version: delivery.secretVersion,
            withPrevious: delivery.hasPreviousSecret)
        for header in signed { request.headers.add(header.name, header.value) }
        request.headers.add("traceparent", Trace(continuing: delivery.traceparent).traceparent)
        request.timeout = .seconds(Self.patience)
        do {
            let reply = try client.send(request)
            let isTaken = (200..<300).contains(reply.status)
            return Result(
                status: reply.status, error: isTaken ? nil : "status",
                retryAfter: reply.headers["Retry-After"].flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil })
        } catch {
            return Result(status: nil, error: error.code.rawValue, retryAfter: nil)
        }
    }

    enum Verdict: String {
        case delivered = "DELIVERED"
        case again = "AGAIN"
        case failed = "FAILED"
        /// 410: the endpoint wants nothing more.
        case gone = "GONE"
    }

    /// What follows from an attempt, and after how many seconds the next one does. Redirects are
    /// failures: they are not followed, for they lead where nobody has looked.
    /// - Parameter attempts: how many there were, this one included.
    static func verdict(on outcome: Result, attempts: Int) -> (Verdict, delay: Double) {
        if outcome.error == nil { return (.delivered, 0) }
        if outcome.status == 410 { return (.gone, 0) }
        guard attempts <= schedule.count else { return (.failed, 0) }
        let planned = Double(schedule[max(attempts, 1) - 1]) * Double.random(in: 1...1.1)
        return (.again, max(planned, min(outcome.retryAfter ?? 0, 86_400)))
    }
}
