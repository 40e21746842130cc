import FastCGI
import POSIX

/// A FastCGI process that comes when it is needed and leaves when it is not.
///
/// It serves until no request came for `PARLEY_IDLE_SECONDS`, it has answered
/// `PARLEY_MAX_REQUESTS`, its memory has grown past `PARLEY_MAX_MEMORY` bytes, its program file
/// was replaced, or SIGTERM came; the request in hand is always finished. Leaving loses nothing:
/// whoever holds the socket starts the next process when the next connection comes.
enum Server<E: Endpoint> {
    static func run() {
        let environment = Environment.read()
        // inetd makes the socket file descriptors 0, 1 and 2: what is printed must go elsewhere first.
        try? Process.redirectOutput(to: environment["PARLEY_LOG"] ?? "/dev/null")
        Shutdown.install()
        let workers = environment.number("PARLEY_WORKERS", default: E.limits.workers)
        if workers > 1 {
            var pool = WorkerPool(size: workers, idleMilliseconds: idleMilliseconds(environment))
            pool.run { serve(environment) }
        } else {
            serve(environment)
        }
    }

    private static func idleMilliseconds(_ environment: Environment) -> Int {
        environment.number("PARLEY_IDLE_SECONDS", default: 10) * 1000
    }

    private static func serve(_ environment: Environment) {
        do {
            let listener = try Listener()
            let handler = Result { () throws(Failure) in try Handler<E>(environment) }
            let program = File.version(of: Process.program)
            let idle = idleMilliseconds(environment)
            let mostMemory = environment.number("PARLEY_MAX_MEMORY", default: 128 << 20)
            var remaining = environment.number("PARLEY_MAX_REQUESTS", default: 10_000)
            while remaining > 0, !Shutdown.isRequested, Shutdown.wait(for: 0, milliseconds: idle) {
                if Shutdown.isRequested || File.version(of: Process.program) != program { break }
                let served = try listener.serveOne { exchange in answer(exchange, with: handler) }
                guard served else { continue }
                remaining -= 1
                if remaining % 100 == 0, Process.residentMemory > mostMemory { break }
                // A process that could not start properly only says so; the next may have better luck.
                if case .failure = handler { break }
            }
        } catch {
            Log.write(.error, "listener", function: E.name, detail: "code \(error.code)")
        }
    }

    private static func answer(_ exchange: borrowing Exchange, with handler: Result<Handler<E>, Failure>) {
        var request = Request(variables: exchange.parameters())
        guard let body = exchange.body(limit: E.limits.body) else {
            exchange.write(Reply.unreadable(request, limit: E.limits.body).bytes)
            return
        }
        request.body = body
        switch handler {
        case .success(let handler):
            exchange.write(handler.reply(to: request).bytes)
        case .failure(let failure):
            Log.write(.error, "start", function: E.name, request: request, detail: failure.cause)
            exchange.write(Reply(failure, requestID: request.id).bytes)
        }
    }
}
