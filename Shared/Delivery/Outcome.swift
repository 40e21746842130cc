import JSON
public import Network

/// How a delivery ended.
public struct Outcome: Equatable {
    public enum Verdict: Equatable {
        case taken
        case refused
        /// After so many seconds, when the receiver said so.
        case tryAgain(after: Double?)
    }

    public let status: Int?
    /// The problem's code or the network's; never a body, which could hold personal data.
    public let error: String?
    public let verdict: Verdict

    init(status: Int?, error: String?, verdict: Verdict) {
        self.status = status
        self.error = error
        self.verdict = verdict
    }

    /// 2xx is taken; 408, 425, 429 and 5xx are worth another attempt; everything else never will be.
    public init(_ reply: HTTPReply) {
        status = reply.status
        error = (200..<300).contains(reply.status) ? nil : (try? JSON(parsing: reply.body))?["code"]?.text
        switch reply.status {
        case 200..<300: verdict = .taken
        case 408, 425, 429, 500...: verdict = .tryAgain(after: reply.headers["Retry-After"].flatMap(Double.init))
        default: verdict = .refused
        }
    }
}
