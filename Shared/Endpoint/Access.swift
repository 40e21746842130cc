/// Who may call a route, and as what: an `Access<Recruiter>` turns requests into recruiters or refuses them.
///
/// A handler's `caller` has the type its access yields, so a handler cannot name a caller it did
/// not ask for. Modules add their own kinds in extensions.
public struct Access<Caller>: Sendable {
    /// The name in the API reference.
    public let name: String
    /// How callers prove who they are, in the words of OpenAPI's security schemes; nil for anyone.
    public let credential: Credential?
    /// The types of the events that are delivered to the route; empty for what is not a webhook.
    public let topics: [String]
    /// What a refusal by this access can be, for the API reference.
    public let failures: [Failure.Code]
    let open: @Sendable (Environment) throws(Failure) -> Gate<Caller>

    /// - Parameter open: makes the gate, once a process.
    public init(
        _ name: String, credential: Credential?, topics: [String] = [], failures: [Failure.Code],
        open: @escaping @Sendable (Environment) throws(Failure) -> Gate<Caller>
    ) {
        self.name = name
        self.credential = credential
        self.topics = topics
        self.failures = failures
        self.open = open
    }
}

/// Where a caller's proof stands in a request.
public enum Credential: String, Sendable {
    case cookie, pathToken, signature, svix, grant
    /// The whole body, as another system writes it: the access reads it, and no input is taken from it.
    case notice
}

/// Tells callers from strangers.
public struct Gate<Caller> {
    /// The caller of a request, found without asking the database where that can wait.
    let identify: (Request) throws(Failure) -> Caller
    /// Throws unless the caller really is one. Asked before a refused input is explained, so
    /// that strangers learn nothing about what a route accepts.
    let confirm: (Caller) throws(Failure) -> Void
    /// Adds to a request the proof that a fixture's `"as"` stands for.
    let impersonate: (String, inout Request) throws(Failure) -> Void
    /// Answers a request that has a key: see ``Keeper``. Nil where keys mean nothing.
    let keep: Keeper?

    /// Either returns what was answered to the same request before, or does `work` and keeps the
    /// answer it returns together with its effects, and returns nil. Of several at once, one works.
    public typealias Keeper = (
        _ caller: Caller, _ request: Request, _ key: IdempotencyKey, _ work: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> [UInt8]?

    public init(
        identify: @escaping (Request) throws(Failure) -> Caller,
        confirm: @escaping (Caller) throws(Failure) -> Void,
        impersonate: @escaping (String, inout Request) throws(Failure) -> Void,
        keep: Keeper? = nil
    ) {
        self.identify = identify
        self.confirm = confirm
        self.impersonate = impersonate
        self.keep = keep
    }
}

/// A caller, and the file that came along: the caller of a route with ``Limits/file``.
public struct Sender<Caller> {
    public let caller: Caller
    public let file: SentFile?
}

extension Access {
    /// The same callers, with the file that each request brings.
    public var withFile: Access<Sender<Caller>> {
        let open = open
        return Access<Sender<Caller>>(name, credential: credential, topics: topics, failures: failures) {
            environment throws(Failure) in try open(environment).withFile
        }
    }
}

extension Gate {
    fileprivate var withFile: Gate<Sender<Caller>> {
        Gate<Sender<Caller>>(
            identify: { request throws(Failure) in
                Sender(caller: try identify(request), file: request.form?.file)
            },
            confirm: { sender throws(Failure) in try confirm(sender.caller) },
            impersonate: impersonate, keep: keep == nil ? nil : keepForSender)
    }

    private func keepForSender(
        _ sender: Sender<Caller>, _ request: Request, _ key: IdempotencyKey, _ work: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> [UInt8]? {
        try keep?(sender.caller, request, key, work)
    }
}

/// Nobody in particular.
public struct Anyone: Sendable {
    /// Where the request came from, as nginx saw it.
    public let address: String
}

extension Access where Caller == Anyone {
    /// Everyone may call.
    public static var anyone: Self {
        Access("anyone", credential: nil, failures: []) { _ throws(Failure) in
            Gate(
                identify: { request throws(Failure) in Anyone(address: request.address) },
                confirm: { _ throws(Failure) in },
                impersonate: { _, _ throws(Failure) in })
        }
    }
}
