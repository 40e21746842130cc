import JSON

/// Anthropic's Messages API (https://platform.claude.com/docs/en/api/messages), also as vLLM, llama.cpp and Ollama serve it.
///
/// The newest models answer 400 to what older recipes did: a temperature, a thinking budget or `disabled`, a forced tool, a
/// prefilled answer. So the shape of the answer is asked for by `output_config.format` alone.
struct AnthropicMessages: Wire {
    let exchange: Exchange

    func say(_ conversation: Conversation, model: String, mostTokens: Int) throws(ExchangeFailure) -> Said {
        let reply = try exchange.post(
            "/v1/messages", Array(Self.body(conversation, model: model, mostTokens: mostTokens).description.utf8))
        return try Self.said(reply)
    }

    /// The instructions come first and are cached; the material is the result of a tool that read it, which is where models
    /// are trained to expect what others wrote; our task comes after it.
    /// (platform.claude.com/docs/en/test-and-evaluate/strengthen-guardrails/mitigate-jailbreaks)
    static func body(_ conversation: Conversation, model: String, mostTokens: Int) -> JSON {
        let prompt = conversation.prompt
        let call = "toolu_parley_material"
        let cached: JSON = ["type": "ephemeral"]
        var task: [JSON.Member] = [.init("type", "text"), .init("text", .string(prompt.task))]
        if prompt.isRepeated { task.append(.init("cache_control", cached)) }
        var messages: [JSON] = [
            ["role": "user", "content": "Read the material first."],
            ["role": "assistant", "content": [["type": "tool_use", "id": .string(call), "name": "read_material", "input": [:]]]],
            [
                "role": "user",
                "content": [
                    ["type": "tool_result", "tool_use_id": .string(call), "content": .string(Conversation.data(prompt))],
                    .object(task),
                ],
            ],
        ]
        for turn in conversation.turns {
            switch turn {
            case .said(let said): messages.append(["role": "assistant", "content": said.content])
            case .asked(let text): messages.append(["role": "user", "content": .string(text)])
            }
        }
        return [
            "model": .string(model), "max_tokens": .integer(mostTokens),
            "system": [
                ["type": "text", "text": .string(Conversation.instructions(prompt)), "cache_control": cached]
            ],
            "tools": [
                [
                    "name": "read_material", "description": "Gives the material that the task is about.",
                    "input_schema": ["type": "object", "properties": [:], "additionalProperties": false],
                ]
            ],
            "tool_choice": ["type": "none"],
            "messages": .array(messages),
            "output_config": ["format": ["type": "json_schema", "schema": prompt.schema]],
        ]
    }

    static func said(_ reply: JSON) throws(ExchangeFailure) -> Said {
        guard let content = reply["content"], case .array(let blocks) = content, let reason = reply["stop_reason"]?.text else {
            throw .garbled(detail: "the reply is no message")
        }
        let stop: Said.Stop
        switch reason {
        case "end_turn", "stop_sequence": stop = .finished
        case "max_tokens": stop = .truncated
        case "refusal": stop = .refused
        case "model_context_window_exceeded": stop = .contextExceeded
        case "pause_turn": stop = .paused
        default: throw .garbled(detail: "the message stopped for \(reason.prefix(40))")
        }
        // Thinking comes in blocks of its own, before the text.
        let text = blocks.filter { $0["type"] == "text" }.compactMap { $0["text"]?.text }.joined()
        let usage = reply["usage"]
        return Said(
            text: text, stop: stop,
            usage: Usage(
                fresh: usage.count("input_tokens"), cacheRead: usage.count("cache_read_input_tokens"),
                cacheWritten: usage.count("cache_creation_input_tokens"), output: usage.count("output_tokens")),
            model: reply["model"]?.text ?? "unknown", content: content)
    }
}

extension JSON? {
    /// A whole number of this name; 0 where there is none. A hundred million at most, which no reply has: sums of it fit the
    /// ledger.
    func count(_ name: String) -> Int {
        guard case .integer(let count)? = self?[name] else { return 0 }
        return min(max(0, count), 100_000_000)
    }
}
