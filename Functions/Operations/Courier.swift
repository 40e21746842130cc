import Delivery
import Endpoint
import POSIX

/// Runs `PARLEY_COURIER_WORKERS` couriers in the foreground until SIGTERM, which each obeys between
/// two deliveries. One that ends is replaced.
@main enum Couriers {
    static func main() {
        let environment = Environment.read()
        if let path = environment["PARLEY_LOG"] { try? Process.redirectErrors(to: path) }
        Shutdown.install()
        let size = environment.number("PARLEY_COURIER_WORKERS", default: 8)
        var workers: Set<Int32> = []
        while !Shutdown.isRequested {
            while let ended = Process.reap() { workers.remove(ended) }
            while workers.count < size, let worker = try? Process.fork({ work(environment) }) { workers.insert(worker) }
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
        for worker in workers { Process.terminate(worker) }
        while !workers.isEmpty {
            if let ended = Process.reap() { workers.remove(ended) } else { _ = Shutdown.wait(for: nil, milliseconds: 100) }
        }
    }

    private static func work(_ environment: Environment) {
        Process.dieWithParent()
        do throws(Failure) {
            let courier = try Courier(environment)
            while !Shutdown.isRequested { courier.step() }
        } catch {
            Log.write(.error, "start", function: "Courier", detail: error.cause)
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
    }
}
