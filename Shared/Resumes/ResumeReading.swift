public import Models

/// What an engine read in a resume, where each value stands, and how sure it is.
public struct ResumeReading: Codable, Sendable {
    public var resume: Resume
    /// One for each value of `resume`, but for what was counted rather than read.
    public var evidence: [Evidence]
    /// Passages that address a machine rather than a reader. They change nothing; people should see them.
    public var flags: [Flag]
    /// The name of the engine that read, such as `rules`, or the model's.
    public var engine: String
    public var version: String
    /// How many values a model gave that are not in the text, and that were left out for it.
    public var dropped: Int
    /// Which model was asked what; null for the rules.
    public var origin: Origin?
}

/// Characters of a text, counted in UTF-16 code units as JavaScript counts them.
public struct TextRange: Codable, Sendable, Hashable {
    public let start: Int
    /// One past the last.
    public let end: Int

    public init(start: Int, end: Int) {
        self.start = start
        self.end = end
    }

    public init(_ range: Range<Int>) { self.init(start: range.lowerBound, end: range.upperBound) }
}

/// Where a value of a ``Resume`` stands in the text.
public struct Evidence: Codable, Sendable, Equatable {
    /// The value's place in the resume as a JSON pointer (RFC 6901): `/experience/0/title`.
    public let pointer: String
    /// In the order of the text; several for a value that goes over lines with others between.
    public let ranges: [TextRange]
    /// From 0 to 1.
    public let confidence: Double
}

/// A passage that people should look at.
public struct Flag: Codable, Sendable, Equatable {
    public let range: TextRange
    /// What stands there.
    public let quote: String
    /// Why it is shown, in a sentence for people.
    public let reason: String
}
