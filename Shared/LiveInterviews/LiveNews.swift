import Events
import JSON
public import Postgres
public import Validation

/// What a mail about a live interview is for.
public enum LiveMailKind: String, Choice {
    case scheduled = "live-scheduled"
    case moved = "live-moved"
    case cancelled = "live-cancelled"
}

/// Tells the people of a live interview what became of it, each by an event and a mail of their own.
public struct LiveNews {
    private let live: Identifier
    private let sequence: Int

    /// - Parameter sequence: of the calendar's entry that is told of; see ``LiveInterview/sequence``.
    public init(of live: Identifier, sequence: Int) {
        self.live = live
        self.sequence = sequence
    }

    /// - Parameters:
    ///   - people: accounts; nil is the candidate.
    ///   - previous: when it was to be before it was moved.
    public func tell(
        _ kind: LiveMailKind, _ people: [Identifier?], previous: Timestamp? = nil, _ transaction: Transaction
    ) {
        for person in people {
            transaction.emit(.liveInterviewChanged, [
                "liveInterviewId": .string(live.description), "kind": .string(kind.rawValue), "sequence": .integer(sequence),
                "accountId": person.map { .string($0.description) } ?? .null,
                "previouslyAt": previous.map { .string($0.description) } ?? .null,
            ])
        }
    }
}
