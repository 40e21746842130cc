import Endpoint
import JSON
import POSIX
public import Validation

/// A service that the operator declared: where it is, which protocol it speaks, and what it costs.
public struct Provider: Sendable {
    /// As the operator calls it; organisations choose by it.
    public let name: String
    public let kind: Kind
    /// Without a slash at the end.
    let url: String
    /// The model for ordinary work.
    public let model: String
    /// The model for screening and other short work; the same where only one was declared.
    public let smallModel: String
    /// The transcription model that says which voice speaks when; nil where nobody counts voices.
    public let speakersModel: String?
    let key: Key
    /// A model without one costs nothing here: it is the operator's own.
    let prices: [Price]
    let timeoutSeconds: Int
    let attempts: Int
    /// The longest piece of sound to send at once: services take about 25 minutes.
    let pieceSeconds: Int
    /// After so many failed calls in a row the provider rests.
    let failuresToRest: Int
    /// The first rest; each further one without a success between is twice as long, up to 32 times.
    let restSeconds: Int
    /// Whether it may be on this machine or in a private network.
    let isPrivate: Bool
    /// What an administrator should know: a model that was retired, or will be soon.
    public let warnings: [String]

    /// The protocol that a provider speaks.
    public enum Kind: String, Choice {
        /// https://platform.claude.com/docs/en/api/messages
        case anthropic
        /// Chat completions, as vLLM, llama.cpp and Ollama serve them.
        case openAIChat = "openai-chat"
        /// https://platform.openai.com/docs/api-reference/audio/createTranscription
        case openAITranscription = "openai-transcription"
        /// The server of whisper.cpp at its own path, /inference.
        case whisperCPP = "whisper.cpp"

        public var transcribes: Bool { self == .openAITranscription || self == .whisperCPP }
    }

    /// US dollars per million tokens, or per minute of sound.
    struct Price: Codable, Sendable {
        /// The model's name, or how the names of several begin; the longest that fits counts.
        let model: String
        let input: Double?
        let output: Double?
        let cacheRead: Double?
        let cacheWrite: Double?
        let minute: Double?
    }

    func model(_ tier: Prompt.Tier) -> String { tier == .small ? smallModel : model }

    /// Millionths of a dollar; nil where the operator stated no price for the model.
    /// (A dollar per million tokens is a millionth of a dollar per token.)
    /// - Parameter isBatch: batches cost half (platform.claude.com/docs/en/build-with-claude/batch-processing).
    func cost(_ usage: Usage, model: String, isBatch: Bool = false) -> Int? {
        let fitting = prices.filter { model.hasPrefix($0.model) }
        guard let price = fitting.max(by: { $0.model.utf8.count < $1.model.utf8.count }) else { return nil }
        let input = price.input ?? 0
        let sum = Double(usage.fresh) * input + Double(usage.cacheRead) * (price.cacheRead ?? input)
            + Double(usage.cacheWritten) * (price.cacheWrite ?? input) + Double(usage.output) * (price.output ?? 0)
            + usage.seconds / 60 * (price.minute ?? 0) * 1_000_000
        return Int((isBatch ? sum / 2 : sum).rounded(.up))
    }
}

/// What a provider counted.
struct Usage: Sendable, Equatable {
    /// Input tokens that were neither read from the cache nor written to it.
    var fresh = 0
    var cacheRead = 0
    var cacheWritten = 0
    var output = 0
    /// Of sound.
    var seconds = 0.0

    var input: Int { fresh + cacheRead + cacheWritten }

    static func + (left: Usage, right: Usage) -> Usage {
        Usage(
            fresh: left.fresh + right.fresh, cacheRead: left.cacheRead + right.cacheRead,
            cacheWritten: left.cacheWritten + right.cacheWritten, output: left.output + right.output,
            seconds: left.seconds + right.seconds)
    }
}

/// Where a provider's key is. It is read when it is used, so that a new one takes effect at once, and its text goes
/// nowhere but into a request's header.
enum Key: Sendable {
    case none
    case file(String)
    case variable(String)

    /// - Returns: nil where none is needed.
    /// - Throws: what is wrong, without any of the key.
    func read() throws(Refusal) -> String? {
        let text: String
        switch self {
        case .none: return nil
        case .file(let path):
            guard let bytes = try? File.read(path, limit: 4096) else { throw Refusal("the key file cannot be read") }
            text = String(decoding: bytes, as: UTF8.self).trimmed
        case .variable(let name): text = (Process.environment[name] ?? "").trimmed
        }
        guard !text.isEmpty else { throw Refusal("the key is empty") }
        guard text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { throw Refusal("the key is not one line of ASCII") }
        return text
    }
}

/// Models that their makers have retired or announced to retire, with what takes their place.
/// Anthropic: platform.claude.com/docs/en/about-claude/model-deprecations; OpenAI: platform.openai.com/docs/deprecations.
enum RetiredModels {
    private struct Retired {
        let model: String
        let on: Timestamp
        /// Nil where nothing does the same.
        let replacement: String?
    }

    /// Of `anthropic` providers whose operator names none.
    static let standard = "claude-sonnet-5-5"
    static let small = "claude-haiku-5-5"

    private static let all = [
        Retired(model: "claude-3-5-sonnet-20241022", on: day("2025-10-28"), replacement: "claude-sonnet-4-6"),
        Retired(model: "claude-sonnet-4-20250514", on: day("2026-06-15"), replacement: standard),
        Retired(model: "claude-sonnet-4-5-20250929", on: day("2026-11-30"), replacement: standard),
        Retired(model: "whisper-1", on: day("2027-02-26"), replacement: nil),
        Retired(model: "gpt-4o-transcribe", on: day("2027-02-26"), replacement: "gpt-transcribe"),
        Retired(model: "gpt-4o-mini-transcribe", on: day("2027-02-26"), replacement: "gpt-transcribe"),
    ]

    /// The model to ask for and, where there is something to say about it, a warning.
    static func current(_ model: String, now: Timestamp = .now) -> (model: String, warning: String?) {
        guard let known = all.first(where: { $0.model == model }) else { return (model, nil) }
        let day = known.on.description.prefix(10)
        guard let replacement = known.replacement else {
            return (model, "\(model) ends on \(day), and what follows it gives no word times: host a Whisper server.")
        }
        return known.on <= now
            ? (replacement, "\(model) was retired on \(day); \(replacement) is used instead.")
            : (model, "\(model) will be retired on \(day); change to \(replacement).")
    }

    private static func day(_ text: String) -> Timestamp { Timestamp("\(text)T00:00:00Z")! }
}
