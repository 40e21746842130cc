import Glibc
import JSON
import Speech
import Validation

/// What a transcription service answered, whichever of its dialects: words at the top (OpenAI), only within segments
/// (WhisperX), as tokens within segments (whisper.cpp), or not at all (gpt-transcribe); durations as numbers or text (vLLM);
/// labels of who speaks at words and segments (WhisperX), or at segments alone (OpenAI's `diarized_json`).
struct VerboseTranscript {
    let text: String
    let words: [Word]
    let segments: [Segment]
    /// Who speaks when, by the service's own labels; empty where it has none.
    let turns: [Turn]
    /// As the service says it, such as "english" or "en".
    let language: String?

    /// - Parameters:
    ///   - offset: where the piece begins in the recording, added to all times.
    ///   - seconds: how long the piece is; times beyond it are brought back to it.
    init(_ reply: JSON, offset: Double, seconds: Double) throws(ExchangeFailure) {
        guard let text = reply["text"]?.text else { throw .garbled(detail: "the reply is no transcription") }
        func time(_ json: JSON?) -> Double? { json?.decimal.map { rounded(offset + min(max(0, $0), seconds)) } }
        let parts = reply["segments"]?.elements ?? []
        let found = parts.compactMap { part -> Segment? in
            guard let start = time(part["start"]), let end = time(part["end"]) else { return nil }
            return Segment(
                start: start, end: max(start, end), text: part["text"]?.text?.trimmed ?? "",
                avgLogProbability: part["avg_logprob"]?.decimal, compressionRatio: part["compression_ratio"]?.decimal,
                noSpeechProbability: part["no_speech_prob"]?.decimal)
        }
        func word(_ json: JSON) -> Word? {
            guard let text = json["word"]?.text?.trimmed, !text.isEmpty, let start = time(json["start"]), let end = time(json["end"])
            else { return nil }
            let confidence = json["probability"]?.decimal ?? Self.confidence((start + end) / 2, in: found) ?? 1
            return Word(text: text, start: start, end: max(start, end), confidence: min(1, max(0, confidence)))
        }
        func turn(_ json: JSON) -> Turn? {
            guard let speaker = json["speaker"]?.text, let start = time(json["start"]), let end = time(json["end"]) else { return nil }
            return Turn(Span(start: start, end: max(start, end)), by: speaker)
        }
        let within = parts.flatMap { $0["words"]?.elements ?? [] }
        let top = (reply["words"]?.elements ?? []).compactMap(word)
        self.text = Self.flat(text)
        words = top.isEmpty ? Self.joined(within.compactMap { json in word(json).map { ($0, json["word"]?.text ?? "") } }) : top
        let labelled = ((reply["words"]?.elements ?? []) + within).compactMap(turn)
        turns = labelled.isEmpty ? parts.compactMap(turn) : labelled
        segments = found
        language = reply["language"]?.text
    }

    /// How sure a service that does not say it of words is of the stretch they stand in: the mean probability of its tokens.
    private static func confidence(_ moment: Double, in segments: [Segment]) -> Double? {
        let segment = segments.first { $0.start <= moment && moment <= $0.end }
        return segment?.avgLogProbability.map { rounded(exp($0)) }
    }

    /// The text on one line. whisper.cpp begins a line with each of its segments, which bring their own spaces.
    private static func flat(_ text: String) -> String {
        let lines = text.split(separator: "\n")
        let areJoined = lines.dropFirst().contains { $0.first == " " }
        return lines.joined(separator: areJoined ? "" : " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }

    /// Whole words. whisper.cpp gives its model's tokens: one without a space before it goes on with the word that the one
    /// before belongs to, or is that word's comma. Where none has a space, all are words.
    /// (https://github.com/ggml-org/whisper.cpp/pull/1781)
    private static func joined(_ tokens: [(word: Word, text: String)]) -> [Word] {
        guard tokens.contains(where: { $0.text.first?.isWhitespace == true }) else { return tokens.map(\.word) }
        var words: [Word] = []
        for (word, text) in tokens {
            guard text.first?.isWhitespace == false, let last = words.popLast() else {
                words.append(word)
                continue
            }
            let isSpoken = !word.normalized.isEmpty
            words.append(Word(
                text: last.text + word.text, start: last.start, end: isSpoken ? max(last.end, word.end) : last.end,
                confidence: isSpoken ? min(last.confidence, word.confidence) : last.confidence))
        }
        // A dash between words is nobody's word.
        return words.filter { !$0.normalized.isEmpty }
    }

    /// ISO 639-1 of the languages that services spell out; others as they came.
    static func code(_ language: String?) -> String {
        guard let language = language?.lowercased(), !language.isEmpty else { return "und" }
        let names = [
            "english": "en", "german": "de", "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt",
            "dutch": "nl", "polish": "pl", "turkish": "tr", "arabic": "ar", "hindi": "hi", "chinese": "zh",
            "japanese": "ja", "korean": "ko", "russian": "ru", "ukrainian": "uk", "swedish": "sv", "danish": "da",
            "norwegian": "no", "finnish": "fi", "czech": "cs", "greek": "el", "hebrew": "he", "romanian": "ro",
            "hungarian": "hu", "vietnamese": "vi", "indonesian": "id", "thai": "th",
        ]
        return names[language] ?? (language.utf8.count <= 3 ? language : "und")
    }

    /// Lays words without times evenly over where a voice is heard, by their length in letters.
    static func estimate(_ text: String, voiced: [Span], seconds: Double) -> [Word] {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        let spans = voiced.isEmpty ? [Span(start: 0, end: seconds)] : voiced
        let total = spans.reduce(0) { $0 + $1.length }
        let letters = words.reduce(0) { $0 + $1.count + 1 }
        /// Where it is in the recording when so much of the voice was heard.
        func moment(_ heard: Double) -> Double {
            var left = heard
            for span in spans {
                if left <= span.length { return span.start + left }
                left -= span.length
            }
            return spans.last?.end ?? seconds
        }
        var heard = 0.0
        return words.map { word in
            let length = total * Double(word.count + 1) / Double(max(1, letters))
            defer { heard += length }
            return Word(text: word, start: rounded(moment(heard)), end: rounded(moment(heard + length)), confidence: 1)
        }
    }
}

/// To the millisecond.
private func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

extension JSON {
    /// A number, also one that stands in text.
    fileprivate var decimal: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .number(let value): value
        case .string(let text): Double(text)
        default: nil
        }
    }
}
