public import Interviews
public import Validation

/// Where a live interview stands.
public enum LiveStatus: String, Choice {
    case scheduled = "SCHEDULED"
    case completed = "COMPLETED"
    /// The candidate did not come.
    case noShow = "NO_SHOW"
    case cancelled = "CANCELLED"
}

/// How a live interview goes on from one status to the next, and by what.
public enum LiveTransitions {
    /// What moves a live interview.
    public enum Cause: String, Sendable {
        case holding = "marking it done"
        case absence = "marking that the candidate did not come"
        case cancelling = "cancelling it"
        /// What was marked by mistake.
        case takingBack = "taking that back"
    }

    public static let table = TransitionTable<LiveStatus, Cause>([
        .init(from: .scheduled, to: .completed, cause: .holding),
        .init(from: .scheduled, to: .noShow, cause: .absence),
        .init(from: .scheduled, to: .cancelled, cause: .cancelling),
        .init(from: .completed, to: .scheduled, cause: .takingBack),
        .init(from: .completed, to: .noShow, cause: .absence),
        .init(from: .noShow, to: .scheduled, cause: .takingBack),
        .init(from: .noShow, to: .completed, cause: .holding),
    ])
}

/// Which live interviews a list has.
public enum LivePeriod: String, Choice {
    /// Those that are not over, next one first.
    case upcoming
    /// Those that are over, last one first.
    case past
}

/// Whom somebody is in a live interview.
public enum LiveRole: String, Choice {
    case candidate = "CANDIDATE"
    case interviewer = "INTERVIEWER"
}
