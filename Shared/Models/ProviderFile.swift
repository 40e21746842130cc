import Endpoint
import JSON
import POSIX
public import Validation

/// The operator's file of providers, which `PARLEY_AI` names.
public struct ProviderFile: Sendable {
    public let providers: [Provider]
    /// How long work waits for a provider before the offline engine does it.
    let fallbackAfterSeconds: Int

    static let none = ProviderFile(providers: [], fallbackAfterSeconds: 0)

    private struct Content: Decodable {
        let fallbackAfterSeconds: Whole<0, 2_592_000>?
        let providers: List<Entry, 1, 20>
    }

    private struct Entry: Codable, Sendable {
        let name: Text<1, 40>
        let kind: Provider.Kind
        let url: ProviderURL
        let model: Text<1, 200>?
        let smallModel: Text<1, 200>?
        let speakersModel: Text<1, 200>?
        let keyFile: Text<1, 1000>?
        let keyVariable: Text<1, 100>?
        let prices: List<Provider.Price, 0, 20>?
        let timeoutSeconds: Whole<1, 600>?
        let attempts: Whole<1, 5>?
        let pieceSeconds: Whole<2, 3600>?
        let failuresToRest: Whole<1, 100>?
        let restSeconds: Whole<1, 3600>?
        let `private`: Bool?
    }

    /// Shown with every refusal.
    public static let example = """
        {
          "fallbackAfterSeconds": 21600,
          "providers": [
            {"name": "claude", "kind": "anthropic", "url": "https://api.anthropic.com", "keyFile": "/etc/parley/claude.key",
             "prices": [{"model": "claude-sonnet-5-5", "input": 2, "output": 10, "cacheRead": 0.2, "cacheWrite": 2.5},
                        {"model": "claude-haiku-5-5", "input": 0.1, "output": 0.5}]},
            {"name": "own-chat", "kind": "openai-chat", "url": "http://127.0.0.1:8000/v1", "model": "qwen3-30b", "private": true},
            {"name": "own-whisper", "kind": "whisper.cpp", "url": "http://127.0.0.1:8081", "model": "large-v3", "private": true}
          ]
        }
        """

    private init(providers: [Provider], fallbackAfterSeconds: Int) {
        self.providers = providers
        self.fallbackAfterSeconds = fallbackAfterSeconds
    }

    /// - Throws: a message that says where and what is wrong, and what a right file looks like.
    public init(_ text: [UInt8]) throws(Refusal) {
        let content: Content
        do {
            content = try InputDecoder.decode(Content.self, from: try JSON(parsing: text))
        } catch let error as JSON.SyntaxError {
            throw Self.refusal("is not JSON: \(error.message), at byte \(error.offset)")
        } catch let error as Rejection {
            throw Self.refusal(error.problems.map { "\($0.field) \($0.message)" }.joined(separator: "; "))
        } catch {
            throw Self.refusal("\(error)")
        }
        var names: Set<String> = []
        var providers: [Provider] = []
        for entry in content.providers.elements {
            guard names.insert(entry.name.value).inserted else {
                throw Self.refusal("there are two providers called \(entry.name.value)")
            }
            providers.append(try Self.provider(entry))
        }
        self.init(providers: providers, fallbackAfterSeconds: content.fallbackAfterSeconds?.value ?? 6 * 3600)
    }

    private static func provider(_ entry: Entry) throws(Refusal) -> Provider {
        func refused(_ what: String) -> Refusal { refusal("\(entry.name.value): \(what)") }
        let isPrivate = entry.private ?? false
        if entry.url.value.hasPrefix("http:"), !isPrivate {
            throw refused("url must begin with https:// unless the provider is declared \"private\": true")
        }
        let isAnthropic = entry.kind == .anthropic
        guard let named = entry.model?.value ?? (isAnthropic ? RetiredModels.standard : nil) else {
            throw refused("model is missing")
        }
        let small = entry.smallModel?.value ?? (isAnthropic && entry.model == nil ? RetiredModels.small : named)
        if entry.speakersModel != nil, entry.kind != .openAITranscription {
            throw refused("speakersModel is for providers of kind \(Provider.Kind.openAITranscription.rawValue)")
        }
        let key: Key
        switch (entry.keyFile, entry.keyVariable) {
        case (nil, nil): key = .none
        case (let file?, nil): key = .file(file.value)
        case (nil, let variable?): key = .variable(variable.value)
        default: throw refused("has both keyFile and keyVariable; one is enough")
        }
        if case .none = key, !isPrivate { throw refused("needs keyFile or keyVariable") }
        do { _ = try key.read() } catch { throw refused(error.message) }
        let (model, warning) = RetiredModels.current(named)
        let (smallModel, smallWarning) = RetiredModels.current(small)
        return Provider(
            name: entry.name.value, kind: entry.kind, url: entry.url.value, model: model, smallModel: smallModel,
            speakersModel: entry.speakersModel?.value, key: key, prices: entry.prices?.elements ?? [],
            timeoutSeconds: entry.timeoutSeconds?.value ?? 120, attempts: entry.attempts?.value ?? 3,
            pieceSeconds: entry.pieceSeconds?.value ?? 1200, failuresToRest: entry.failuresToRest?.value ?? 5,
            restSeconds: entry.restSeconds?.value ?? 30, isPrivate: isPrivate,
            warnings: Array(Set([warning, smallWarning].compactMap(\.self))).sorted())
    }

    private static func refusal(_ problem: String) -> Refusal {
        Refusal("The providers' file: \(problem).\nA right one:\n\(example)")
    }
}

/// Where a provider is: `http` or `https`, no credentials, no query; kept without a slash at the end.
struct ProviderURL: Wrapper {
    let value: String

    init(from decoder: any Decoder) throws {
        var text = try decoder.singleValueContainer().decode(String.self)
        while text.hasSuffix("/") { text.removeLast() }
        let parts = text.split(separator: "://", maxSplits: 1)
        guard parts.count == 2, ["http", "https"].contains(parts[0]), let host = parts[1].split(separator: "/").first,
            !host.contains("@"), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"?#\"\\".utf8.contains($0) })
        else { throw Refusal("must be an address such as \(Self.example.value)") }
        value = text
    }

    private init(unchecked value: String) { self.value = value }

    func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    static var example: Self { Self(unchecked: "https://api.example.com/v1") }
    static var schema: JSON { ["type": "string", "format": "uri"] }
}
