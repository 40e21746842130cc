public import JSON

/// Answers prompts with JSON that fits the prompt's schema.
public protocol LanguageModel {
    /// Waits for the whole answer, retries what is worth it, and validates.
    func answer(_ prompt: Prompt) throws(ModelFailure) -> ModelAnswer
}

/// What is asked of a language model: our instructions, and material that others wrote.
public struct Prompt: Sendable {
    /// Recorded with each result, such as "rate-answer".
    public var name: String
    /// Recorded with each result; counted up whenever instructions, task or schema change.
    public var version: Int
    /// Ours and the same for many calls: it goes first, so that it can be cached.
    public var instructions: String
    /// Untrusted: travels JSON-encoded, named as data, never mixed with instructions.
    public var material: JSON
    /// Ours, after the material.
    public var task: String
    /// JSON Schema, of which these are understood: `type`, `enum`, `const`, `properties`, `required`,
    /// `additionalProperties: false` (objects must have it), `items`, `anyOf`, `description`. The answer is
    /// validated against it here, whatever the provider promises.
    public var schema: JSON
    /// The longest answer; one that needs more is asked for once more with twice as many.
    public var mostTokens: Int
    public var tier: Tier
    /// Whether the very same is asked again at once: then all of it is worth caching, not the instructions alone, which may be
    /// shorter than what providers cache.
    public var isRepeated: Bool

    /// Which of the provider's two models.
    public enum Tier: String, Sendable {
        case standard
        /// For screening and other short work.
        case small
    }

    public init(
        name: String, version: Int, instructions: String, material: JSON, task: String, schema: JSON,
        mostTokens: Int = 4000, tier: Tier = .standard, isRepeated: Bool = false
    ) {
        self.name = name
        self.version = version
        self.instructions = instructions
        self.material = material
        self.task = task
        self.schema = schema
        self.mostTokens = mostTokens
        self.tier = tier
        self.isRepeated = isRepeated
    }
}

/// A valid answer and how it came about.
public struct ModelAnswer: Sendable {
    /// Valid against the prompt's schema; enumerations are spelled as the schema spells them.
    public let value: JSON
    public let origin: Origin

    public init(value: JSON, origin: Origin) {
        self.value = value
        self.origin = origin
    }
}

/// Where an answer comes from: kept with each result.
public struct Origin: Codable, Sendable, Equatable {
    /// The provider's name in the operator's file.
    public let provider: String
    /// The model that the provider says has answered.
    public let model: String
    public let promptName: String
    public let promptVersion: Int
    /// The first 16 hexadecimal digits of the schema's SHA-256.
    public let schemaVersion: String
    /// Requests that were sent, failed and repaired ones included.
    public let attempts: Int
    /// The provider's name for the last request.
    public let requestId: String?
    /// Of instructions, material and task, in hexadecimal digits.
    public let inputSHA256: String
    /// Of all attempts together, cached ones included.
    public let inputTokens: Int
    public let outputTokens: Int
    public let cachedTokens: Int
    /// Millionths of a US dollar, by the operator's prices; absent where there are none.
    public let costMicroUSD: Int?

    public init(
        provider: String, model: String, promptName: String, promptVersion: Int, schemaVersion: String, attempts: Int,
        requestId: String?, inputSHA256: String, inputTokens: Int, outputTokens: Int, cachedTokens: Int,
        costMicroUSD: Int?
    ) {
        self.provider = provider
        self.model = model
        self.promptName = promptName
        self.promptVersion = promptVersion
        self.schemaVersion = schemaVersion
        self.attempts = attempts
        self.requestId = requestId
        self.inputSHA256 = inputSHA256
        self.inputTokens = inputTokens
        self.outputTokens = outputTokens
        self.cachedTokens = cachedTokens
        self.costMicroUSD = costMicroUSD
    }
}

/// Why a prompt has no answer. None of the details holds a key or what was asked.
public enum ModelFailure: Error, Equatable, Sendable, CustomStringConvertible {
    /// The provider is down, busy, slow or at its spend cap: worth another attempt, after so many seconds.
    case unavailable(retryAfter: Int?, detail: String)
    /// The organisation has spent its budget of this month.
    case overBudget
    /// The model declines to answer this.
    case refused
    /// The provider answered, and what it answered cannot be used, also after a repair; or it will not
    /// take such a request at all.
    case unusable(detail: String)

    public var description: String {
        switch self {
        case .unavailable(_, let detail): "The provider is unavailable: \(detail)"
        case .overBudget: "This month's budget is spent."
        case .refused: "The model declined to answer."
        case .unusable(let detail): "The provider's answer cannot be used: \(detail)"
        }
    }
}
