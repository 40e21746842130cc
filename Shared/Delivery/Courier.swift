public import Endpoint
import Events
import JSON
import Network
import POSIX
import Postgres
import Validation

/// Delivers events: leases what is due, POSTs it as a signed Standard Webhook to the function that
/// subscribed, and keeps trying until it is taken or given up. Any number of couriers may run.
public struct Courier {
    /// How long a delivery belongs to a courier that does not report back, in seconds. A courier
    /// that was killed is replaced after this time.
    static let lease = 15
    /// A lease is renewed this often while the function works, in seconds.
    static let heartbeat = 5
    /// After so many attempts, about 33 hours, a delivery becomes a dead letter.
    static let mostAttempts = 20
    /// The longest a function may take, in seconds; the same as nginx's read timeout.
    static let patience = 900

    struct Delivery: Decodable {
        let id: Identifier
        let leaseToken: Identifier
        let function: String
        let path: String
        let attempts: Int
        let topic: String
        let data: JSONText
        let traceparent: String?
        let createdAt: Timestamp
    }

    private let session: Session
    private let database: Database
    private let signer: EventSigner
    private let client = HTTPClient()
    private let baseURL: String

    public init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .courier)
        session = database.session
        signer = try EventSigner(environment)
        baseURL = try environment.baseURL()
    }

    /// Delivers one event, or waits until there may be one.
    public func step() {
        do throws(Failure) {
            if let delivery = try leaseOne() {
                try deliver(delivery)
            } else {
                let wait = try millisecondsUntilDue()
                _ = Shutdown.wait(for: try database.listen("delivery"), milliseconds: wait)
                try database.drainNotifications()
            }
        } catch {
            Log.write(.warning, "database", function: "Courier", detail: error.cause)
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
    }

    /// Does as `lease_deliveries`, whose plan PostgreSQL would make anew at every call: three quarters
    /// of what a call costs, and every courier calls at every event.
    private func leaseOne() throws(Failure) -> Delivery? {
        try session.row(
            """
            UPDATE delivery d
            SET attempts = d.attempts + 1, lease_token = gen_random_uuid(),
                run_at = now() + make_interval(secs => \(Double(Self.lease)))
            FROM event e
            WHERE e.id = d.event_id AND d.id = ANY (ARRAY(
                SELECT due.id FROM delivery due WHERE due.state = 'ready' AND due.run_at <= now()
                ORDER BY due.run_at LIMIT 1 FOR UPDATE SKIP LOCKED))
            RETURNING d.id, d.lease_token, d.function, d.path, d.attempts, e.topic, e.data::text, e.traceparent, e.created_at
            """)
    }

    private struct Wait: Decodable {
        let milliseconds: Double?
    }

    /// At most five seconds: a notification can be lost with its connection. And not at once: what is due
    /// by now is being leased by another courier.
    private func millisecondsUntilDue() throws(Failure) -> Int {
        let wait: Wait? = try session.row(
            """
            SELECT extract(epoch FROM min(run_at) - clock_timestamp()) * 1000 AS milliseconds
            FROM delivery WHERE state = 'ready'
            """)
        return min(5000, max(50, Int(wait?.milliseconds ?? 5000)))
    }

    private func deliver(_ delivery: Delivery) throws(Failure) {
        let body = Array(
            #"{"type":"\#(delivery.topic)","timestamp":"\#(delivery.createdAt)","data":\#(delivery.data.text)}"#.utf8)
        var request = HTTPRequest(.post, baseURL + delivery.path, headers: ["Content-Type": "application/json"], body: body)
        for header in try signer.headers(id: delivery.id.description, body: body) {
            request.headers.add(header.name, header.value)
        }
        request.headers.add("traceparent", Trace(continuing: delivery.traceparent).traceparent)
        request.timeout = .seconds(Self.patience)
        var renewed = Process.steadyClock
        let outcome: Outcome
        do {
            let reply = try client.send(request) { [self] in
                guard Process.steadyClock - renewed >= Self.heartbeat * 1_000_000_000 else { return true }
                renewed = Process.steadyClock
                return renewLease(of: delivery)
            }
            outcome = Outcome(reply)
        } catch {
            outcome = Outcome(status: nil, error: error.code.rawValue, verdict: .tryAgain(after: nil))
        }
        try finish(delivery, outcome)
    }

    /// - Returns: false when the delivery is no longer this courier's.
    private func renewLease(of delivery: Delivery) -> Bool {
        // When the database cannot be asked the lease may still be ours; finishing will tell.
        let renewed = try? session.execute(
            """
            UPDATE delivery SET run_at = now() + make_interval(secs => \(Double(Self.lease)))
            WHERE id = \(delivery.id) AND lease_token = \(delivery.leaseToken) AND state = 'ready'
            """)
        return renewed != 0
    }

    private func finish(_ delivery: Delivery, _ outcome: Outcome) throws(Failure) {
        let isDone = outcome.verdict == .taken
        var isDead = outcome.verdict == .refused
        var delay = 0.0
        if case .tryAgain(let wanted) = outcome.verdict {
            isDead = delivery.attempts >= Self.mostAttempts
            let backOff = min(6 * 3600, Double(1 << min(delivery.attempts - 1, 20)))
            delay = max(wanted ?? 0, backOff * Double.random(in: 0.8...1.2))
        }
        let finished = try session.execute(
            """
            UPDATE delivery
            SET state = \(isDone ? "done" : isDead ? "dead" : "ready"), last_status = \(outcome.status),
                last_error = \(outcome.error), run_at = now() + make_interval(secs => \(delay)), lease_token = NULL,
                finished_at = CASE WHEN \(isDone || isDead) THEN now() END
            WHERE id = \(delivery.id) AND lease_token = \(delivery.leaseToken)
            """)
        if !isDone {
            Log.write(
                isDead ? .error : .warning, isDead ? "dead letter" : "delivery", function: "Courier",
                status: outcome.status, detail: "\(delivery.id) to \(delivery.function): attempt \(delivery.attempts)")
        }
        if finished == 0 {
            Log.write(.warning, "lease lost", function: "Courier", detail: "\(delivery.id)")
        }
    }
}

/// A JSON column taken as its text.
struct JSONText: Decodable {
    let text: String
    init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
}
