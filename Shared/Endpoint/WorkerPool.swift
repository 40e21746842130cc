import POSIX

/// One master process that adds workers while connections wait, as PHP-FPM's "ondemand" does.
/// Workers leave by themselves when idle; the master leaves after the last of them.
struct WorkerPool {
    let size: Int
    let idleMilliseconds: Int
    private var workers: Set<Int32> = []

    init(size: Int, idleMilliseconds: Int) {
        self.size = size
        self.idleMilliseconds = idleMilliseconds
    }

    /// How long a waiting connection is left to workers that may be free, before another is started.
    private static let graceMilliseconds = 5

    mutating func run(_ serve: () -> Void) {
        while !Shutdown.isRequested {
            while let ended = Process.reap() { workers.remove(ended) }
            let isFull = workers.count >= size
            let waiting = Shutdown.wait(for: isFull ? nil : 0, milliseconds: idleMilliseconds)
            if Shutdown.isRequested { break }
            if waiting {
                if workers.isEmpty || isStillWaiting() { start(serve) }
            } else if workers.isEmpty {
                return
            }
        }
        for worker in workers { Process.terminate(worker) }
        while !workers.isEmpty {
            if let ended = Process.reap() { workers.remove(ended) } else { _ = Shutdown.wait(for: nil, milliseconds: 100) }
        }
    }

    private func isStillWaiting() -> Bool {
        _ = Shutdown.wait(for: nil, milliseconds: Self.graceMilliseconds)
        return Shutdown.wait(for: 0, milliseconds: 0)
    }

    private mutating func start(_ serve: () -> Void) {
        do {
            workers.insert(
                try Process.fork {
                    Process.dieWithParent()
                    serve()
                })
        } catch {
            Log.write(.error, "fork", function: "worker pool", detail: error.description)
            _ = Shutdown.wait(for: nil, milliseconds: 1000)
        }
        // Leave the connection to the new worker.
        _ = Shutdown.wait(for: nil, milliseconds: Self.graceMilliseconds)
    }
}
