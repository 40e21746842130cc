import Validation
import Testing

@testable import Models

struct ProviderFileTests {
    private func refusal(_ provider: String) -> String {
        do {
            _ = try ProviderFile(Array(#"{"providers": [\#(provider)]}"#.utf8))
            return ""
        } catch {
            return error.message
        }
    }

    @Test func theExampleIsRightButForItsKey() {
        #expect(refusal("").hasPrefix("The providers' file: providers must have 1 to 20 elements"))
        let without = ProviderFile.example.replacing(#""keyFile": "/etc/parley/claude.key""#, with: #""keyVariable": "PATH""#)
        #expect(throws: Never.self) { try ProviderFile(Array(without.utf8)) }
    }

    @Test(arguments: [
        (#"{"name": "a", "kind": "anthropic", "url": "https://x.example"}"#, "a: needs keyFile or keyVariable"),
        (#"{"name": "a", "kind": "anthropic", "url": "http://x.example", "keyVariable": "PATH"}"#, "a: url must begin with https://"),
        (#"{"name": "a", "kind": "anthropic", "url": "https://x.example", "keyFile": "/nowhere"}"#, "a: the key file cannot be read"),
        (#"{"name": "a", "kind": "anthropic", "url": "https://x.example", "keyVariable": "NOT_SET"}"#, "a: the key is empty"),
        (#"{"name": "a", "kind": "anthropic", "url": "https://x.example", "keyVariable": "PATH", "keyFile": "/x"}"#, "a: has both"),
        (#"{"name": "a", "kind": "openai-chat", "url": "http://127.0.0.1/v1", "private": true}"#, "a: model is missing"),
        (#"{"name": "a", "kind": "whisper.cpp", "url": "http://127.0.0.1", "model": "m", "speakersModel": "v", "private": true}"#, "a: speakersModel is for providers of kind openai-transcription"),
        (#"{"name": "a", "kind": "openai-transcription", "url": "https://x.example", "model": "m", "speakersModel": "", "keyVariable": "PATH"}"#, "providers.0.speakersModel"),
        (#"{"name": "a", "kind": "gemini", "url": "https://x.example"}"#, "providers.0.kind must be one of anthropic, openai-chat"),
        (#"{"name": "a", "kind": "anthropic", "url": "https://key@x.example"}"#, "providers.0.url must be an address such as"),
        (#"{"name": "a", "kind": "anthropic", "url": "https://x.example", "apiKey": "sk"}"#, "providers.0.apiKey"),
        (#"{"name": "a""#, "is not JSON"),
    ])
    func saysWhatIsWrong(provider: String, message: String) {
        #expect(refusal(provider).hasPrefix("The providers' file: \(message)"), "\(refusal(provider))")
        #expect(refusal(provider).hasSuffix(ProviderFile.example))
    }

    @Test func modelsHaveDefaultsAndRetire() throws {
        let now = Timestamp("2026-11-21T09:00:00Z")!
        #expect(RetiredModels.current("claude-3-5-sonnet-20241022", now: now).model == "claude-sonnet-4-6")
        #expect(RetiredModels.current("claude-3-5-sonnet-20241022", now: now).warning?.contains("2025-10-28") == true)
        #expect(RetiredModels.current("claude-sonnet-4-5-20250929", now: now).model == "claude-sonnet-4-5-20250929")
        #expect(RetiredModels.current("claude-sonnet-4-5-20250929", now: now).warning?.contains("will be retired") == true)
        #expect(RetiredModels.current("claude-sonnet-4-5-20250929", now: Timestamp("2026-12-01T00:00:00Z")!).model == "claude-sonnet-5-5")
        #expect(RetiredModels.current("claude-sonnet-5-5", now: now).warning == nil)
        let file = try ProviderFile(Array(#"{"providers": [{"name": "a", "kind": "anthropic", "url": "https://x.example/", "keyVariable": "PATH"}]}"#.utf8))
        let provider = try #require(file.providers.first)
        #expect((provider.model, provider.smallModel, provider.url) == ("claude-sonnet-5-5", "claude-haiku-5-5", "https://x.example"))
    }

    @Test func costsFollowTheLongestName() throws {
        let file = try ProviderFile(Array(#"""
            {"providers": [{"name": "a", "kind": "openai-chat", "url": "http://127.0.0.1/v1", "model": "m-1", "private": true,
              "prices": [{"model": "m-", "input": 1, "output": 1}, {"model": "m-1", "input": 2, "output": 10, "cacheRead": 0.2}]}]}
            """#.utf8))
        let provider = try #require(file.providers.first)
        let usage = Usage(fresh: 1000, cacheRead: 10_000, output: 100)
        #expect(provider.cost(usage, model: "m-1-2026") == 1000 * 2 + 2000 + 100 * 10)
        #expect(provider.cost(usage, model: "m-2") == 11_100)
        #expect(provider.cost(usage, model: "other") == nil)
    }
}
