public import Endpoint
public import JSON
public import Validation

/// The version that an edit is based on: the time of the last change that its author saw, to the
/// millisecond, or `none` when there was nothing yet.
public struct SeenVersion: Wrapper {
    /// Nil for `none`.
    public let value: Timestamp?

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        value = Timestamp(text)
        guard value != nil || text == "none" else {
            throw Refusal("must be none or a date and time such as \(Timestamp.example)")
        }
    }

    private init(unchecked value: Timestamp?) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }

    public static var example: Self { Self(unchecked: nil) }
    public static var schema: JSON {
        [
            "type": "string", "description": "`none`, or the date and time of the version that was edited",
            "examples": ["none", .string(Timestamp.example.description)],
        ]
    }

    /// As people read it.
    public var words: String { value?.description ?? "none" }

    /// Whether nothing was changed since. `current` is nil when there is nothing.
    public func isCurrent(_ current: Timestamp?) -> Bool { value?.description == current?.description }

    /// Refuses an edit of another version than the one there is.
    ///
    /// - Parameters:
    ///   - changed: when `current` was changed last.
    ///   - what: what is edited, a noun.
    /// - Throws: `CONFLICT` with both versions.
    public func check(against current: some Encodable, of changed: Timestamp, _ what: String) throws(Failure) {
        guard isCurrent(changed) else {
            throw .changedMeanwhile(what, yours: words, current: changed.description, current)
        }
    }

    /// Refuses a score that was given to another version than the one there is.
    ///
    /// - Parameters:
    ///   - score: from 1 to 5.
    ///   - saved: the score that is there; nil when there is none.
    ///   - changed: since when.
    /// - Throws: `CONFLICT` with both, in words.
    public func check(score: Int, saved: Int?, since changed: Timestamp?) throws(Failure) {
        guard !isCurrent(changed) else { return }
        let words = if let saved, let changed { "version \(changed), score \(saved)" } else { "none" }
        throw .conflict(
            "You changed this score somewhere else meanwhile. Saved: \(words). Edited here: version \(self.words), score \(score).")
    }
}
