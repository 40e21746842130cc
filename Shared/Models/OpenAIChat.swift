import JSON

/// OpenAI's chat completions (https://platform.openai.com/docs/api-reference/chat), as vLLM, llama.cpp and Ollama serve them.
///
/// Servers differ in what they can hold an answer to, so there is a ladder; the rung that works is remembered.
final class OpenAIChat: Wire {
    /// How the shape of the answer is asked for.
    enum Rung: Int, Sendable {
        /// `response_format` with the schema itself.
        case schema
        /// `response_format` for any JSON object; the schema stands in the prompt.
        case object
        /// The schema stands in the prompt.
        case prompt
    }

    private let exchange: Exchange
    private(set) var rung: Rung
    /// Whether the server knows the limit by its newer name only.
    private var hasNewLimit = false

    init(exchange: Exchange, rung: Rung) {
        self.exchange = exchange
        self.rung = rung
    }

    func say(_ conversation: Conversation, model: String, mostTokens: Int) throws(ExchangeFailure) -> Said {
        while true {
            do throws(ExchangeFailure) {
                let body = Self.body(conversation, model: model, mostTokens: mostTokens, rung, hasNewLimit: hasNewLimit)
                return try Self.said(try exchange.post("/chat/completions", Array(body.description.utf8)))
            } catch {
                guard case .rejected(let status, let detail) = error, status == 400 || status == 422 || status == 501 else { throw error }
                if detail.contains("unsupported_parameter"), !hasNewLimit {
                    hasNewLimit = true
                } else if let lower = Rung(rawValue: rung.rawValue + 1) {
                    rung = lower
                } else {
                    throw error
                }
            }
        }
    }

    /// Some servers take a format and do not heed it: their model was never shown the schema.
    func distrust() {
        if rung == .schema { rung = .object }
    }

    static func body(
        _ conversation: Conversation, model: String, mostTokens: Int, _ rung: Rung, hasNewLimit: Bool
    ) -> JSON {
        let prompt = conversation.prompt
        var instructions = Conversation.instructions(prompt)
        if rung != .schema {
            instructions += "\n\nAnswer with one JSON object and nothing else. It must fit this JSON Schema:\n\(prompt.schema)"
        }
        var messages: [JSON] = [
            ["role": "system", "content": .string(instructions)],
            ["role": "user", "content": .string("The material:\n\(Conversation.data(prompt))\n\nThe task:\n\(prompt.task)")],
        ]
        for turn in conversation.turns {
            switch turn {
            case .said(let said): messages.append(["role": "assistant", "content": .string(said.text)])
            case .asked(let text): messages.append(["role": "user", "content": .string(text)])
            }
        }
        var members: [JSON.Member] = [
            .init("model", .string(model)), .init("messages", .array(messages)),
            .init(hasNewLimit ? "max_completion_tokens" : "max_tokens", .integer(mostTokens)),
        ]
        switch rung {
        case .schema:
            let schema: JSON = ["name": .string(prompt.name), "strict": true, "schema": prompt.schema]
            members.append(.init("response_format", ["type": "json_schema", "json_schema": schema]))
        case .object: members.append(.init("response_format", ["type": "json_object"]))
        case .prompt: break
        }
        return .object(members)
    }

    static func said(_ reply: JSON) throws(ExchangeFailure) -> Said {
        guard let choice = reply["choices"]?.elements.first, let message = choice["message"] else {
            throw .garbled(detail: "the reply is no chat completion")
        }
        let stop: Said.Stop
        switch choice["finish_reason"]?.text {
        case "length": stop = .truncated
        case "content_filter": stop = .refused
        default: stop = message["refusal"]?.text == nil ? .finished : .refused
        }
        let usage = reply["usage"]
        let cached = usage?["prompt_tokens_details"].count("cached_tokens") ?? 0
        return Said(
            text: message["content"]?.text ?? "", stop: stop,
            usage: Usage(
                fresh: max(0, usage.count("prompt_tokens") - cached), cacheRead: cached,
                output: usage.count("completion_tokens")),
            model: reply["model"]?.text ?? "unknown", content: message["content"] ?? .null)
    }
}
