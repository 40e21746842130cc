public import Endpoint

/// How an interview goes on from one status to the next, and by what.
public enum Transitions {
    /// What moves an interview.
    public enum Cause: String, Sendable {
        case invitation = "sending the invitation"
        case candidate = "the candidate"
        case deadline = "the deadline"
        /// Once its review is complete, or by asking for it.
        case review = "the review"
    }

    public struct Step: Sendable {
        public let from: InterviewStatus
        public let to: InterviewStatus
        public let cause: Cause
    }

    public static let all: [Step] = [
        Step(from: .draft, to: .sent, cause: .invitation),
        Step(from: .sent, to: .opened, cause: .candidate),
        // A start that is told of without an opening.
        Step(from: .sent, to: .inProgress, cause: .candidate),
        Step(from: .sent, to: .expired, cause: .deadline),
        Step(from: .opened, to: .inProgress, cause: .candidate),
        Step(from: .opened, to: .expired, cause: .deadline),
        Step(from: .inProgress, to: .submitted, cause: .candidate),
        Step(from: .inProgress, to: .expired, cause: .deadline),
        Step(from: .submitted, to: .reviewed, cause: .review),
        // The review is reopened, and the decision taken back.
        Step(from: .reviewed, to: .submitted, cause: .review),
    ]

    /// Refuses a step that `cause` cannot bring about, and says which there are. To stay is no step.
    public static func check(from: InterviewStatus, to: InterviewStatus, by cause: Cause) throws(Failure) {
        let steps = all.filter { $0.from == from }
        guard from != to, !steps.contains(where: { $0.to == to && $0.cause == cause }) else { return }
        let legal = steps.map { "\($0.to.rawValue) by \($0.cause.rawValue)" }.joined(separator: ", ")
        throw .conflict(
            "An interview that is \(from.rawValue) cannot be set to \(to.rawValue). From here it can become: \(legal.isEmpty ? "nothing else" : legal).")
    }
}
