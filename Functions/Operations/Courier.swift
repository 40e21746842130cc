import Delivery
import Endpoint
import POSIX

/// Runs a courier for this installation's own functions, with up to `PARLEY_COURIER_WORKERS` deliveries
/// under way, and `PARLEY_WEBHOOK_WORKERS` couriers for organisations' endpoints, which may be slow, in
/// the foreground until SIGTERM, which each obeys when its deliveries have ended. One that ends is replaced.
@main enum Couriers {
    static func main() {
        let environment = Environment.read()
        if let path = environment["PARLEY_LOG"] { try? Process.redirectErrors(to: path) }
        Shutdown.install()
        var own = Team(size: 1) { () throws(Failure) in
            var courier = try Courier(environment)
            while !Shutdown.isRequested || !courier.isIdle { courier.step() }
        }
        var others = Team(size: environment.number("PARLEY_WEBHOOK_WORKERS", default: 4)) { () throws(Failure) in
            var courier = try WebhookCourier(environment)
            while !Shutdown.isRequested { courier.step() }
        }
        while !Shutdown.isRequested {
            while let ended = Process.reap() { own.left(ended); others.left(ended) }
            own.fill()
            others.fill()
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
        for worker in own.workers.union(others.workers) { Process.terminate(worker) }
        while !own.workers.isEmpty || !others.workers.isEmpty {
            if let ended = Process.reap() {
                own.left(ended)
                others.left(ended)
            } else {
                _ = Shutdown.wait(for: nil, milliseconds: 100)
            }
        }
    }
}

/// Processes that do the same work.
private struct Team {
    let size: Int
    let work: () throws(Failure) -> Void
    private(set) var workers: Set<Int32> = []

    init(size: Int, work: @escaping () throws(Failure) -> Void) {
        self.size = size
        self.work = work
    }

    mutating func left(_ worker: Int32) { workers.remove(worker) }

    mutating func fill() {
        while workers.count < size, let worker = try? Process.fork({ [work] in Self.run(work) }) { workers.insert(worker) }
    }

    private static func run(_ work: () throws(Failure) -> Void) {
        Process.dieWithParent()
        do throws(Failure) {
            try work()
        } catch {
            Log.write(.error, "start", function: "Courier", detail: error.cause)
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
    }
}
