import JSON
import POSIX
import Validation

/// An endpoint at work in this process: turns requests into replies.
struct Handler<E: Endpoint> {
    let endpoint: E
    let gate: Gate<E.Caller>
    private let name = E.name

    init(_ environment: Environment) throws(Failure) {
        gate = try E.access.open(environment)
        endpoint = try E(environment)
    }

    func reply(to request: Request) -> Reply {
        let start = Process.steadyClock
        var request = request
        var reply: Reply
        var cause: String?
        do {
            reply = try answer(&request)
        } catch {
            reply = Reply(error, requestID: request.id)
            cause = error.cause ?? error.code.rawValue
        }
        Log.write(
            reply.status >= 500 ? .error : .info, "request", function: name, request: request,
            status: reply.status, nanoseconds: Process.steadyClock - start, detail: cause)
        reply.headers.append(Header("X-Request-Id", request.id))
        reply.headers.append(Header("traceparent", request.trace.traceparent))
        return reply
    }

    private func answer(_ request: inout Request) throws(Failure) -> Reply {
        guard let values = E.route.match(request.path) else { throw .notFound("address") }
        guard E.route.accepts(request.method) else {
            throw Failure(
                .methodNotAllowed, "Use \(E.route.method) here.", headers: [Header("Allow", E.route.method)])
        }
        request.pathValues = values
        let problem = E.limits.file.flatMap { request.openSpool(body: E.limits.body, file: $0) }
        let caller = try gate.identify(request)
        let input: E.Input
        let key: IdempotencyKey?
        do throws(Failure) {
            if let problem { throw problem }
            key = try gate.keep == nil ? nil : IdempotencyKey(of: request)
            let (value, textual) = try request.input(from: E.access.credential)
            input = try decode(value, textual)
        } catch {
            try gate.confirm(caller)
            throw error
        }
        guard let key, let keep = gate.keep else { return try work(input, caller) }
        var new: Reply?
        let kept = try keep(caller, request, key) { () throws(Failure) in
            let reply = try work(input, caller)
            new = reply
            return reply.bytes
        }
        if let new { return new }
        guard var reply = kept.flatMap(Reply.init(bytes:)) else { throw .internal("what was kept of an answer is not one") }
        reply.headers.append(IdempotencyKey.replayed)
        return reply
    }

    private func work(_ input: E.Input, _ caller: E.Caller) throws(Failure) -> Reply {
        let output = try endpoint.handle(input, from: caller)
        do {
            return try Reply(output, success: E.success)
        } catch {
            throw .internal("the answer could not be written as JSON: \(error)")
        }
    }

    private func decode(_ value: JSON, _ textual: Set<String>) throws(Failure) -> E.Input {
        do {
            // The token in a path is the caller's proof, read by the access; no input asks for it.
            let members = value.members.filter { !(E.access.credential == .pathToken && $0.name == "token") }
            // Senders of events may add members, and a grant's parts are its own proof.
            let lenient: [Credential?] = [.signature, .svix, .grant, .notice]
            let isLenient = lenient.contains(E.access.credential)
            let leniency: InputDecoder.Leniency = isLenient ? .unknownMembers : []
            return try InputDecoder.decode(E.Input.self, from: .object(members), textual: textual, leniency: leniency)
        } catch {
            throw .invalid(error.problems)
        }
    }
}

extension Reply {
    /// A request whose body could not be read in full.
    static func unreadable(_ request: Request, limit: Int) -> Reply {
        Reply(
            Failure(.payloadTooLarge, "The body must come whole and have at most \(limit) bytes."),
            requestID: request.id)
    }
}
