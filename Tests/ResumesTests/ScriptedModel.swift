import JSON
import Models

/// A model that answers what a test wants.
struct ScriptedModel: LanguageModel {
    let reply: Result<JSON, ModelFailure>

    init(_ reply: JSON) { self.reply = .success(reply) }
    init(failing failure: ModelFailure) { reply = .failure(failure) }

    func answer(_ prompt: Prompt) throws(ModelFailure) -> ModelAnswer {
        ModelAnswer(value: try reply.get(), origin: .double(prompt))
    }
}

extension Origin {
    static func double(_ prompt: Prompt) -> Origin {
        Origin(
            provider: "double", model: "double-1", promptName: prompt.name, promptVersion: prompt.version,
            schemaVersion: "", attempts: 1, requestId: nil,
            inputSHA256: "", inputTokens: 0, outputTokens: 0, cachedTokens: 0, costMicroUSD: nil)
    }
}
