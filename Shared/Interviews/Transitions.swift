public import Endpoint
public import Validation

/// The steps there are from one status to another, and what brings each of them about.
public struct TransitionTable<Status: Choice, Cause: RawRepresentable & Equatable & Sendable>: Sendable
where Cause.RawValue == String {
    public struct Step: Sendable {
        public let from: Status
        public let to: Status
        public let cause: Cause

        public init(from: Status, to: Status, cause: Cause) {
            self.from = from
            self.to = to
            self.cause = cause
        }
    }

    public let steps: [Step]

    public init(_ steps: [Step]) { self.steps = steps }

    /// Refuses a step that `cause` cannot bring about, to stay too, and says which there are.
    public func require(from: Status, to: Status, by cause: Cause) throws(Failure) {
        let steps = steps.filter { $0.from == from }
        guard !steps.contains(where: { $0.to == to && $0.cause == cause }) else { return }
        let legal = steps.map { "\($0.to.rawValue) by \($0.cause.rawValue)" }.joined(separator: ", ")
        throw .conflict(
            "An interview that is \(from.rawValue) cannot be set to \(to.rawValue). From here it can become: \(legal.isEmpty ? "nothing else" : legal).")
    }
}

/// How an asynchronous interview goes on from one status to the next, and by what.
public enum Transitions {
    /// What moves an interview.
    public enum Cause: String, Sendable {
        case invitation = "sending the invitation"
        case candidate = "the candidate"
        case deadline = "the deadline"
        /// Once its review is complete, or by asking for it.
        case review = "the review"
        case cancelling = "cancelling it"
        /// To where it was before it was cancelled.
        case restoring = "restoring it"
        /// To where it was before it expired.
        case laterDeadline = "a later deadline"
    }

    public typealias Step = TransitionTable<InterviewStatus, Cause>.Step

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
    ] + beforeSubmission.flatMap { status in
        [Step(from: status, to: .cancelled, cause: .cancelling), Step(from: .cancelled, to: status, cause: .restoring)]
    } + beforeSubmission.filter { $0 != .draft }.map { Step(from: .expired, to: $0, cause: .laterDeadline) }
        // The deadline passed meanwhile.
        + [Step(from: .cancelled, to: .expired, cause: .restoring)]

    private static let beforeSubmission: [InterviewStatus] = [.draft, .sent, .opened, .inProgress]

    /// Refuses a step that `cause` cannot bring about, and says which there are. To stay is no step.
    public static func check(from: InterviewStatus, to: InterviewStatus, by cause: Cause) throws(Failure) {
        if from != to { try require(from: from, to: to, by: cause) }
    }

    /// The same, and refuses to stay as well.
    public static func require(from: InterviewStatus, to: InterviewStatus, by cause: Cause) throws(Failure) {
        try TransitionTable(all).require(from: from, to: to, by: cause)
    }
}
