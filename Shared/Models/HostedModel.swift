import Crypto
import JSON
import Validation

/// A provider's model, with its calls kept in the ledger.
struct HostedModel: LanguageModel {
    let provider: Provider
    let ledger: Ledger
    var wait: ((Int) -> Void)?

    func answer(_ prompt: Prompt) throws(ModelFailure) -> ModelAnswer {
        let schema = Schema(prompt.schema)
        let input = prompt.inputSHA256
        let model = provider.model(prompt.tier)
        let (call, rung) = try ledger.begin(
            Ledger.Intent(
                model: model, promptName: prompt.name, promptVersion: prompt.version, schemaVersion: schema.version,
                inputSHA256: input, most: provider.most(prompt, model), seconds: provider.timeoutSeconds * 4))
        let exchange = wait.map { Exchange(provider, wait: $0) } ?? Exchange(provider)
        let ladder = OpenAIChat(exchange: exchange, rung: .init(rawValue: rung) ?? .schema)
        let wire: any Wire = provider.kind == .anthropic ? AnthropicMessages(exchange: exchange) : ladder
        let outcome = Questioner(wire: wire, exchange: exchange).ask(prompt)

        var result = Ledger.Result(model: outcome.model, attempts: exchange.attempts, requestID: exchange.requestID, usage: outcome.usage)
        switch outcome.result {
        case .success(let value):
            result.health = .up
            result.rung = ladder.rung.rawValue
            ledger.finish(call, result)
            return ModelAnswer(value: value, origin: origin(of: prompt, schema, input, result))
        case .failure(let failure):
            (result.failure, result.health) = Self.verdict(on: failure)
            ledger.finish(call, result)
            throw result.failure ?? .unusable(detail: "there was no answer")
        }
    }

    private func origin(of prompt: Prompt, _ schema: Schema, _ input: String, _ result: Ledger.Result) -> Origin {
        Origin(
            provider: provider.name, model: result.model, promptName: prompt.name, promptVersion: prompt.version,
            schemaVersion: schema.version, attempts: result.attempts, requestId: result.requestID, inputSHA256: input,
            inputTokens: result.usage.input, outputTokens: result.usage.output, cachedTokens: result.usage.cacheRead,
            costMicroUSD: provider.cost(result.usage, model: result.model))
    }

    /// What a failure is to who asked, and what it says about the provider.
    static func verdict(on failure: Questioner.QuestionFailure) -> (ModelFailure, Ledger.Health?) {
        switch failure {
        case .exchange(let failure): verdict(on: failure)
        // It answered: whatever is wrong is with this one prompt.
        case .refused: (.refused, .up)
        case .unusable(let detail): (.unusable(detail: detail), .up)
        }
    }

    static func verdict(on failure: ExchangeFailure) -> (ModelFailure, Ledger.Health?) {
        switch failure {
        case .unavailable(let seconds, let detail): (.unavailable(retryAfter: seconds, detail: detail), .down)
        case .garbled(let detail): (.unavailable(retryAfter: nil, detail: detail), .down)
        case .stopped(let why, let detail): (.unavailable(retryAfter: nil, detail: "\(why.sentence) (\(detail))"), .stopped(why))
        case .rejected(_, let detail): (.unusable(detail: "the request was refused: \(detail)"), nil)
        }
    }
}

extension Prompt {
    /// Of instructions, material and task, in hexadecimal digits.
    var inputSHA256: String { Hex.encode(SHA256.hash("\(instructions)\u{0}\(material)\u{0}\(task)".utf8)) }
}

extension Provider {
    /// The most that an answer may cost: four bytes of English are about one token, other languages have more tokens; an
    /// answer may be asked for three times, once with double room. In a batch it is asked for once, and nothing is repeated.
    func most(_ prompt: Prompt, _ model: String, isBatch: Bool = false) -> Int? {
        let bytes = "\(prompt.instructions)\(prompt.material)\(prompt.task)\(prompt.schema)".utf8.count
        return cost(Usage(fresh: bytes / 2, output: (isBatch ? 1 : 2) * prompt.mostTokens), model: model, isBatch: isBatch)
    }
}

extension Stop {
    /// For an administrator.
    public var sentence: String {
        switch self {
        case .spendCap: "its spend limit is reached"
        case .keyRefused: "it does not accept the key"
        case .modelMissing: "it does not have the model, or not at this address"
        }
    }
}
