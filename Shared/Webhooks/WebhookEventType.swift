public import JSON
public import Validation

/// What organisations can be told of. Each is sent as `{"type", "timestamp", "data"}`, where `data`
/// has the fields of ``WebhookEvent``.
public enum WebhookEventType: String, Choice {
    case sent = "interview.sent"
    case opened = "interview.opened"
    case submitted = "interview.submitted"
    case ready = "interview.ready"
    case scored = "interview.scored"
    case decided = "interview.decided"
    case expired = "interview.expired"
    case cancelled = "interview.cancelled"

    /// Sent on request, to whatever endpoint; nobody subscribes to it.
    public static let test = "webhook.test"

    /// A sentence for people.
    public var meaning: String {
        switch self {
        case .sent: "The invitation was sent."
        case .opened: "The candidate opened the invitation for the first time."
        case .submitted: "The candidate submitted all answers."
        case .ready: "All answers have insights, or will not get any more; the interview can be reviewed."
        case .scored: "A reviewer has scored every answer."
        case .decided: "A recommendation was made."
        case .expired: "The deadline passed without a submission."
        case .cancelled: "The interview was withdrawn."
        }
    }
}

extension List where Element == WebhookEventType {
    /// As a statement takes it.
    public var json: JSON { .array(elements.map { .string($0.rawValue) }) }
}

/// The `data` of an event: ids, and never a name, an address or an answer.
public struct WebhookEvent: Codable, Sendable {
    public let organizationId: Identifier
    public let interviewId: Identifier
    public let candidateId: Identifier
    public let assessmentId: Identifier
    /// The interview's status once it had happened, as the interview itself shows it.
    public let status: String
    /// Who scored; only with `interview.scored`.
    public let reviewerId: Identifier?
    /// `strong_advance`, `advance`, `hold` or `decline`; only with `interview.decided`.
    public let recommendation: String?
}
