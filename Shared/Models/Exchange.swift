import JSON
import Network
import POSIX
public import Validation

/// What came of a request that brought no usable reply.
enum ExchangeFailure: Error, Equatable {
    /// Worth another attempt, after so many seconds where the provider said so.
    case unavailable(retryAfter: Int?, detail: String)
    /// Nothing will work until a person acts.
    case stopped(Stop, detail: String)
    /// The provider does not take this request.
    case rejected(status: Int, detail: String)
    /// What answered does not speak the protocol.
    case garbled(detail: String)
}

/// Why a provider is of no use until a person acts.
public enum Stop: String, Choice {
    case spendCap = "SPEND_CAP"
    case keyRefused = "KEY_REFUSED"
    case modelMissing = "MODEL_MISSING"
}

/// Sends requests to one provider: with its key and its time limits, and once more where that may help.
final class Exchange {
    let provider: Provider
    private let client: HTTPClient
    /// How long to wait, in milliseconds; tests do not.
    private let wait: (Int) -> Void
    /// Requests that were sent.
    private(set) var attempts = 0
    /// The provider's name for the last request.
    private(set) var requestID: String?

    /// The longest a provider may make us wait within a call. What asks for longer waits with the courier.
    static let mostPatienceSeconds = 20

    init(_ provider: Provider, wait: @escaping (Int) -> Void = { _ = Shutdown.wait(for: nil, milliseconds: $0) }) {
        self.provider = provider
        client = HTTPClient(reach: provider.isPrivate ? .anywhere : .publicAddresses)
        self.wait = wait
    }

    /// Posts a body and gives the reply's JSON.
    /// - Parameter path: after the provider's URL.
    func post(
        _ path: String, _ body: [UInt8], type: String = "application/json", timeoutSeconds: Int? = nil
    ) throws(ExchangeFailure) -> JSON {
        try send(HTTPRequest(.post, provider.url + path, headers: ["Content-Type": type], body: body), timeoutSeconds) {
            body throws(JSON.SyntaxError) in try JSON(parsing: body)
        }
    }

    /// - Parameter path: after the provider's URL.
    func get(_ path: String) throws(ExchangeFailure) -> JSON {
        try send(HTTPRequest(.get, provider.url + path), nil) { body throws(JSON.SyntaxError) in try JSON(parsing: body) }
    }

    /// Gets JSON values, one on each line (https://jsonlines.org).
    func getLines(_ path: String) throws(ExchangeFailure) -> [JSON] {
        try send(HTTPRequest(.get, provider.url + path), nil) { body throws(JSON.SyntaxError) in
            var values: [JSON] = []
            for line in body.split(separator: UInt8(ascii: "\n")) { values.append(try JSON(parsing: Array(line))) }
            return values
        }
    }

    private func send<Value>(
        _ prepared: HTTPRequest, _ timeoutSeconds: Int?, _ read: ([UInt8]) throws(JSON.SyntaxError) -> Value
    ) throws(ExchangeFailure) -> Value {
        var request = prepared
        for (name, value) in try credentials() { request.headers.add(name, value) }
        request.timeout = .seconds(timeoutSeconds ?? provider.timeoutSeconds)
        request.replyLimit = 32 << 20
        var tries = 0
        while true {
            tries += 1
            attempts += 1
            let failure: ExchangeFailure
            switch attempt(request, read) {
            case .success(let value): return value
            case .failure(let what): failure = what
            }
            guard let delay = Self.delay(after: failure, tries: tries, most: provider.attempts) else { throw failure }
            wait(delay)
        }
    }

    private func attempt<Value>(
        _ request: HTTPRequest, _ read: ([UInt8]) throws(JSON.SyntaxError) -> Value
    ) -> Result<Value, ExchangeFailure> {
        let reply: HTTPReply
        do { reply = try client.send(request) } catch { return .failure(Self.failure(error)) }
        requestID = reply.headers["request-id"] ?? reply.headers["x-request-id"]
        guard (200..<300).contains(reply.status) else { return .failure(Self.failure(reply, speaks: provider.kind)) }
        do { return .success(try read(reply.body)) } catch {
            return .failure(.garbled(detail: "the reply is not JSON: \(error.message), at byte \(error.offset)"))
        }
    }

    private func credentials() throws(ExchangeFailure) -> [(String, String)] {
        let key: String?
        do { key = try provider.key.read() } catch { throw .stopped(.keyRefused, detail: error.message) }
        switch provider.kind {
        case .anthropic: return [("anthropic-version", "2023-06-01")] + (key.map { [("x-api-key", $0)] } ?? [])
        default: return key.map { [("Authorization", "Bearer \($0)")] } ?? []
        }
    }
}

// What replies mean, and which are worth another attempt.
extension Exchange {
    /// Milliseconds to wait before the next try; nil when there is none.
    static func delay(after failure: ExchangeFailure, tries: Int, most: Int) -> Int? {
        guard tries < most else { return nil }
        switch failure {
        case .unavailable(let seconds?, _):
            return seconds <= mostPatienceSeconds ? seconds * 1000 + Int.random(in: 0...500) : nil
        case .unavailable(nil, _), .garbled: break
        case .stopped, .rejected: return nil
        }
        return Int(Double(500 << (tries - 1)) * Double.random(in: 0.5...1.5))
    }

    static func failure(_ error: NetworkError) -> ExchangeFailure {
        switch error.code {
        case .invalidRequest, .tooLarge: .garbled(detail: error.code.rawValue)
        case .refusedAddress:
            .rejected(status: 0, detail: "its address is private; declare the provider \"private\": true if it should be")
        // Waiting as long again within one call would hold up everything behind it.
        case .timedOut: .unavailable(retryAfter: mostPatienceSeconds + 1, detail: "no answer in time")
        case .couldNotResolve: .unavailable(retryAfter: nil, detail: "its name leads nowhere")
        case .couldNotConnect: .unavailable(retryAfter: nil, detail: "nobody answers at its address")
        case .insecure: .unavailable(retryAfter: nil, detail: "its certificate is not valid")
        case .connectionLost: .unavailable(retryAfter: nil, detail: "the connection was lost")
        default: .unavailable(retryAfter: nil, detail: "it did not answer as a web server does")
        }
    }

    /// By https://platform.claude.com/docs/en/api/errors and https://platform.openai.com/docs/guides/error-codes.
    static func failure(_ reply: HTTPReply, speaks kind: Provider.Kind) -> ExchangeFailure {
        let error = (try? JSON(parsing: reply.body))?["error"]
        let code = error?["code"]?.text ?? error?["type"]?.text
        let detail = "HTTP \(reply.status)" + (code.map { " \($0.prefix(60))" } ?? "")
        let wait = reply.headers["retry-after"]
        let retryAfter = wait.flatMap { seconds(toWait: $0) }
        switch reply.status {
        case 401, 403: return .stopped(.keyRefused, detail: detail)
        case 402: return .stopped(.spendCap, detail: detail)
        case 404: return .stopped(.modelMissing, detail: detail)
        case 429:
            let isQuota = code == "insufficient_quota" || error?["type"]?.text == "insufficient_quota"
            // Anthropic names no time only at the month's spend limit.
            if isQuota || kind == .anthropic && wait == nil { return .stopped(.spendCap, detail: detail) }
            return .unavailable(retryAfter: retryAfter, detail: detail)
        case 408, 500...: return .unavailable(retryAfter: retryAfter, detail: detail)
        // What the provider says of a request that it rejects may quote it: only the kind of error is kept.
        default: return .rejected(status: reply.status, detail: detail)
        }
    }

    /// What `Retry-After` says, as a number of seconds or as a date (https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3),
    /// but a day at most; nil for what is neither.
    static func seconds(toWait text: String, now: Timestamp = .now) -> Int? {
        let seconds = Timestamp(httpDate: text).map { Double($0.seconds - now.seconds) } ?? Double(text)
        guard let seconds, seconds.isFinite else { return nil }
        return Int(min(max(0, seconds), 86_400).rounded(.up))
    }
}
