/// What was said in a recording, word by word.
public struct Transcript: Codable, Sendable, Equatable {
    /// The words in order; punctuated when the engine punctuates.
    public internal(set) var text: String
    public internal(set) var words: [Word]
    /// Where the recording's energy shows a voice, whether or not words were recognised there.
    /// Empty when the engine had no samples to measure.
    public internal(set) var voiced: [Span]
    public internal(set) var durationSeconds: Double
    /// ISO 639-1; "und" when nobody determined it.
    public let language: String
    public let quality: Quality
    public private(set) var engine: Engine
    /// What a hosted engine says about its own work, stretch by stretch; absent where it says nothing.
    public let segments: [Segment]?
    /// Where the words' times come from; absent: the engine measured them.
    public internal(set) var timing: Timing?
    /// What the engine found of who speaks, until somebody checks the transcript: then it is the problem or a remark.
    var speakers: TranscriptProblem?
    /// What was taken out of the engine's text; absent when nobody has checked it.
    public internal(set) var removed: [RemovedText]?
    /// Why there are no words, or why nothing should be made of them yet.
    public internal(set) var problem: TranscriptProblem?
    /// What else people should know.
    public internal(set) var remarks: [TranscriptProblem]?

    public init(
        text: String, words: [Word], voiced: [Span] = [], durationSeconds: Double,
        language: String, quality: Quality, engine: Engine, segments: [Segment]? = nil, timing: Timing? = nil,
        speakers: TranscriptProblem? = nil
    ) {
        self.text = text
        self.words = words
        self.voiced = voiced
        self.durationSeconds = durationSeconds
        self.language = language
        self.quality = quality
        self.engine = engine
        self.segments = segments
        self.timing = timing
        self.speakers = speakers
    }

    public enum Timing: String, Codable, Sendable {
        /// The engine gave none: the words were laid evenly where a voice is heard. No pause may be measured from them.
        case estimated
        /// The engine gave none: they were found in the sound.
        case aligned
    }

    /// What is known to have been said in English, before anybody knows when.
    public init(supplied text: String) {
        let words = text.split(whereSeparator: \.isWhitespace).filter { $0.contains { $0.isLetter || $0.isNumber } }
        self.init(
            text: text, words: words.map { Word(text: String($0), start: 0, end: 0, confidence: 1) }, durationSeconds: 0,
            language: "en", quality: .good,
            engine: Engine(name: "Supplied", version: "1", method: .rule, limits: []), timing: .estimated)
    }

    /// A recording of which there is no transcript.
    public init(_ problem: TranscriptProblem, durationSeconds: Double = 0, voiced: [Span] = []) {
        self.init(
            text: "", words: [], voiced: voiced, durationSeconds: durationSeconds, language: "und", quality: .draft,
            engine: OfflineTranscriber.engine)
        self.problem = problem
    }

    /// The same, with a sentence more about how far it can be trusted.
    public func noting(_ limit: String) -> Transcript {
        var noted = self
        noted.engine = engine.noting(limit)
        return noted
    }

    /// Gives the words the commas and full stops that some services write in the text alone, where both have the same words.
    mutating func punctuate() {
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
        guard parts.map(Word.normalized) == words.map(\.normalized) else { return }
        words = zip(words, parts).map { Word(text: $1, start: $0.start, end: $0.end, confidence: $0.confidence) }
    }

    /// Words of a recording in which nobody speaks are no words.
    mutating func clear() {
        text = ""
        words = []
    }

    /// A text that somebody wrote: every word is sure, and none has a time.
    public init(written text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
            .filter { $0.contains { $0.isLetter || $0.isNumber } }
            .map { Word(text: String($0), start: 0, end: 0, confidence: 1) }
        self.init(
            text: text, words: words, durationSeconds: 0, language: "und", quality: .good,
            engine: Engine(name: "Written by the candidate", version: "1", method: .rule, limits: []))
    }

    /// A draft serves timing and rough keywords; it must not be quoted as what a person said.
    public enum Quality: String, Codable, Sendable {
        case draft, good
    }
}

/// A stretch of a transcript with its engine's doubts, as Whisper's servers report them: below -1 a mean log probability says
/// that recognition failed, and above 2.4 a compression ratio that the text goes round in circles
/// (https://platform.openai.com/docs/api-reference/audio/verbose-json-object).
public struct Segment: Codable, Sendable, Equatable {
    /// Seconds from the start of the recording.
    public let start: Double
    public let end: Double
    public let text: String
    public let avgLogProbability: Double?
    public let compressionRatio: Double?
    /// 0 to 1.
    public let noSpeechProbability: Double?

    public init(
        start: Double, end: Double, text: String, avgLogProbability: Double?, compressionRatio: Double?,
        noSpeechProbability: Double?
    ) {
        self.start = start
        self.end = end
        self.text = text
        self.avgLogProbability = avgLogProbability
        self.compressionRatio = compressionRatio
        self.noSpeechProbability = noSpeechProbability
    }
}

/// One spoken word, in seconds from the start of the recording.
public struct Word: Codable, Sendable, Equatable {
    public let text: String
    public let start: Double
    public let end: Double
    /// 0 to 1: how sure the recogniser is of the word. It says nothing about the speaker.
    public let confidence: Double

    public init(text: String, start: Double, end: Double, confidence: Double) {
        self.text = text
        self.start = start
        self.end = end
        self.confidence = confidence
    }

    /// Lower case, letters, digits and apostrophes only.
    public var normalized: String { Self.normalized(text) }

    static func normalized(_ text: String) -> String {
        String(text.lowercased().filter { $0.isLetter || $0.isNumber || $0 == "'" })
    }
}

/// A stretch of the recording in seconds.
public struct Span: Codable, Sendable, Equatable {
    public let start: Double
    public let end: Double

    public init(start: Double, end: Double) {
        self.start = start
        self.end = end
    }

    public var length: Double { end - start }
}

/// Who made a result, how, and what it must not be used for.
public struct Engine: Codable, Sendable, Equatable {
    public let name: String
    public let version: String
    public let method: Method
    /// The model's name; absent when rules made the result.
    public let model: String?
    /// Sentences for the people who read the result.
    public let limits: [String]
    public let notFor: [String]

    public enum Method: String, Codable, Sendable {
        case rule, model
    }

    public init(name: String, version: String, method: Method, model: String? = nil, limits: [String]) {
        self.name = name
        self.version = version
        self.method = method
        self.model = model
        self.limits = limits
        notFor = ["ranking", "rejection"]
    }

    fileprivate func noting(_ limit: String) -> Engine {
        Engine(name: name, version: version, method: method, model: model, limits: limits + [limit])
    }
}
