public import Endpoint
import Events
import JSON
import Network
import POSIX
import Postgres
import Validation

/// Delivers events: leases what is due, POSTs it as a signed Standard Webhook to the function that
/// subscribed, and keeps trying until it is taken or given up.
///
/// One process has many deliveries under way, so that an event wakes one process and not as many as
/// there are deliveries at once. Any number of couriers may run.
public struct Courier {
    /// How long a delivery belongs to a courier that does not report back, in seconds. A courier
    /// that was killed is replaced after this time.
    static let lease = 15
    /// Leases are renewed this often while the functions work, in seconds.
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
    private let client = ParallelHTTPClient()
    private let baseURL: String

    /// By the number of the request.
    private var underWay: [Int: Delivery] = [:]
    private var lanes: Lanes
    private var numbers = 0
    private var ended: [(delivery: Delivery, outcome: Outcome)] = []
    /// Whether something may be due that nobody has leased. As long as not, it is looked for at `nextLook`.
    private var mayBeDue = true
    /// By the steady clock, as `renewed`.
    private var nextLook = 0
    private var renewed = 0

    public init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .courier)
        // What is noted here need not outlive a crash of the database: a delivery whose lease or whose
        // end was forgotten comes again, and the function knows it. One plan serves any number of
        // deliveries, and was perhaps made when there were few: it must do for many.
        session = database.session(
            """
            SELECT set_config('synchronous_commit', 'off', true), set_config('plan_cache_mode', 'force_generic_plan', true),
                set_config('enable_seqscan', 'off', true)
            """)
        signer = try EventSigner(environment)
        baseURL = try environment.baseURL()
        lanes = Lanes(places: environment.number("PARLEY_COURIER_WORKERS", default: 16))
    }

    /// Whether nothing is under way.
    public var isIdle: Bool { underWay.isEmpty && ended.isEmpty }

    /// Notes what ended, leases what is due, and goes on with what is under way until something
    /// happens. After SIGTERM it leases nothing more.
    public mutating func step() {
        var notifications: Int32?
        var pause = 1000
        do throws(Failure) {
            notifications = try database.listen("delivery")
            try noteEnded()
            try renewLeases()
            try leaseDue()
            pause = millisecondsToWait
        } catch {
            Log.write(.warning, "database", function: "Courier", detail: error.cause)
            // Its socket has nothing to say that could be heard.
            notifications = nil
        }
        guard !underWay.isEmpty else {
            _ = Shutdown.wait(for: notifications, milliseconds: pause)
            return
        }
        for ending in client.wait(for: notifications, milliseconds: min(pause, 1000)) {
            guard let delivery = leave(ending.number) else { continue }
            let outcome: Outcome
            switch ending.reply {
            case .success(let reply): outcome = Outcome(reply)
            case .failure(let error): outcome = Outcome(status: nil, error: error.code.rawValue, verdict: .tryAgain(after: nil))
            }
            ended.append((delivery, outcome))
        }
    }

    private mutating func leave(_ number: Int) -> Delivery? {
        guard let delivery = underWay.removeValue(forKey: number) else { return nil }
        // What was due for a function without a place was passed over.
        if lanes.leave(delivery.function) { mayBeDue = true }
        return delivery
    }

    // MARK: What is due

    private mutating func leaseDue() throws(Failure) {
        if try database.drainNotifications() || Process.steadyClock >= nextLook { mayBeDue = true }
        let (room, full) = (lanes.room, lanes.full.joined(separator: ","))
        guard mayBeDue, room > 0, !Shutdown.isRequested else { return }
        let leased = try lease(room, butFor: full)
        for delivery in leased { try begin(delivery) }
        mayBeDue = leased.count == room
        if !mayBeDue { nextLook = Process.steadyClock + (try millisecondsUntilDue(butFor: full)) * 1_000_000 }
        // What came meanwhile does not make the socket readable any more.
        if try database.drainNotifications() { mayBeDue = true }
    }

    private var millisecondsToWait: Int {
        if Shutdown.isRequested { return 1000 }
        if mayBeDue { return lanes.room > 0 ? 0 : 1000 }
        return max(0, nextLook - Process.steadyClock) / 1_000_000 + 1
    }

    /// Does as `lease_deliveries`, whose plan PostgreSQL would make anew at every call: three quarters
    /// of what a call costs.
    /// - Parameter full: names of functions, with commas between them, whose deliveries stay.
    private func lease(_ most: Int, butFor full: String) throws(Failure) -> [Delivery] {
        try session.rows(
            """
            UPDATE delivery d
            SET attempts = d.attempts + 1, lease_token = gen_random_uuid(),
                run_at = now() + make_interval(secs => \(Double(Self.lease)))
            FROM event e
            WHERE e.id = d.event_id AND d.id = ANY (ARRAY(
                SELECT due.id FROM delivery due
                WHERE due.state = 'ready' AND due.run_at <= now() AND due.function <> ALL (string_to_array(\(full), ','))
                ORDER BY due.run_at LIMIT \(most) FOR UPDATE SKIP LOCKED))
            RETURNING d.id, d.lease_token, d.function, d.path, d.attempts, e.topic, e.data::text, e.traceparent, e.created_at
            """)
    }

    private struct Wait: Decodable {
        let milliseconds: Double?
    }

    /// At most five seconds: a notification can be lost with its connection. And not at once: what is due
    /// by now is being leased by another courier.
    private func millisecondsUntilDue(butFor full: String) throws(Failure) -> Int {
        let wait: Wait? = try session.row(
            """
            SELECT extract(epoch FROM min(run_at) - clock_timestamp()) * 1000 AS milliseconds
            FROM delivery WHERE state = 'ready' AND function <> ALL (string_to_array(\(full), ','))
            """)
        return min(5000, max(50, Int(wait?.milliseconds ?? 5000)))
    }

    // MARK: What is under way

    private mutating func begin(_ delivery: Delivery) throws(Failure) {
        let body = Array(
            #"{"type":"\#(delivery.topic)","timestamp":"\#(delivery.createdAt)","data":\#(delivery.data.text)}"#.utf8)
        var request = HTTPRequest(.post, baseURL + delivery.path, headers: ["Content-Type": "application/json"], body: body)
        for header in try signer.headers(id: delivery.id.description, body: body) {
            request.headers.add(header.name, header.value)
        }
        request.headers.add("traceparent", Trace(continuing: delivery.traceparent).traceparent)
        request.timeout = .seconds(Self.patience)
        numbers += 1
        do { try client.begin(request, number: numbers) } catch {
            ended.append((delivery, Outcome(status: nil, error: error.code.rawValue, verdict: .tryAgain(after: nil))))
            return
        }
        underWay[numbers] = delivery
        lanes.enter(delivery.function)
    }

    /// Gives up what has become another courier's.
    private mutating func renewLeases() throws(Failure) {
        guard !underWay.isEmpty, Process.steadyClock - renewed >= Self.heartbeat * 1_000_000_000 else { return }
        let held = Array(underWay)
        let found = try session.execute(all: held.map { _, delivery in
            """
            UPDATE delivery SET run_at = now() + make_interval(secs => \(Double(Self.lease)))
            WHERE id = \(delivery.id) AND lease_token = \(delivery.leaseToken) AND state = 'ready'
            """
        })
        for (each, count) in zip(held, found) where count == 0 {
            client.cancel(each.key)
            _ = leave(each.key)
            Log.write(.warning, "lease lost", function: "Courier", detail: "\(each.value.id)")
        }
        renewed = Process.steadyClock
    }

    // MARK: What ended

    private mutating func noteEnded() throws(Failure) {
        guard !ended.isEmpty else { return }
        // What cannot be noted comes again when its lease ends.
        defer { ended = [] }
        // What is tried again may be due sooner than what was known of.
        if ended.contains(where: { $0.outcome.verdict != .taken }) { mayBeDue = true }
        let found = try session.execute(all: ended.map(Self.note))
        for (each, count) in zip(ended, found) where count == 0 {
            Log.write(.warning, "lease lost", function: "Courier", detail: "\(each.delivery.id)")
        }
    }

    private static func note(_ delivery: Delivery, _ outcome: Outcome) -> Statement {
        let isDone = outcome.verdict == .taken
        var isDead = outcome.verdict == .refused
        var delay = 0.0
        if case .tryAgain(let wanted) = outcome.verdict {
            isDead = delivery.attempts >= mostAttempts
            let backOff = min(6 * 3600, Double(1 << min(delivery.attempts - 1, 20)))
            delay = max(wanted ?? 0, backOff * Double.random(in: 0.8...1.2))
        }
        if !isDone {
            Log.write(
                isDead ? .error : .warning, isDead ? "dead letter" : "delivery", function: "Courier",
                status: outcome.status, detail: "\(delivery.id) to \(delivery.function): attempt \(delivery.attempts)")
        }
        return """
            UPDATE delivery
            SET state = \(isDone ? "done" : isDead ? "dead" : "ready"), last_status = \(outcome.status),
                last_error = \(outcome.error), run_at = now() + make_interval(secs => \(delay)), lease_token = NULL,
                finished_at = CASE WHEN \(isDone || isDead) THEN now() END
            WHERE id = \(delivery.id) AND lease_token = \(delivery.leaseToken)
            """
    }
}

/// A JSON column taken as its text.
struct JSONText: Decodable {
    let text: String
    init(from decoder: any Decoder) throws { text = try decoder.singleValueContainer().decode(String.self) }
}
