public import Endpoint

/// What somebody who may tell of new objects said.
public struct StorageNotice {
    public enum Content: Sendable {
        /// New objects, and what else a message may be about.
        case events([Reading])
        /// Amazon SNS asks whether a topic's messages are wanted, and to be told so at an address.
        case subscription(url: String)
        /// Azure Event Grid asks the same, and wants its code sent back.
        case validation(code: String)
    }

    /// What became of the events, for whoever looks into a provider's logs.
    public struct Outcome: Codable, Sendable {
        /// How many objects are in the store and told of to the rest of Parley.
        public let stored: Int
        /// Why nothing came of the others.
        public let ignored: [StorageRefusal]
    }

    public let content: Content
    let desk: StorageEventDesk
    let traceparent: String

    /// Takes note of all events. It may be done again.
    /// - Throws: `UNAVAILABLE` when the store or the database cannot be asked: the provider tells again then.
    public func receive() throws(Failure) -> Outcome {
        guard case .events(let readings) = content else { return Outcome(stored: 0, ignored: []) }
        var ignored: [StorageRefusal] = []
        for reading in readings {
            var refusal: StorageRefusal?
            var id = ""
            switch reading {
            case .success(let event):
                refusal = try desk.receive(event, traceparent: traceparent)
                id = event.id
            case .failure(let reason): refusal = reason
            }
            guard let refusal else { continue }
            try desk.count(refusal, id: id)
            ignored.append(refusal)
        }
        return Outcome(stored: readings.count - ignored.count, ignored: ignored)
    }
}
