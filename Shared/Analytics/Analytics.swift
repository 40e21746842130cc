public import Validation

/// What became of the interviews that were sent in a period. Scores count finished reviews only, so that
/// nobody learns from here what others gave for an answer that they have yet to score.
///
/// A share or a quantile of fewer than ``leastCount`` cases is null: it would say more about one person
/// than about the process.
public struct Analytics: Codable, Sendable {
    public static let leastCount = 5

    public let from: Timestamp
    public let to: Timestamp
    public let leastCount: Int
    /// How many interviews were sent in the period and are counted here.
    public let interviews: Int
    /// Whether these are all; else the newest of them.
    public let isComplete: Bool
    /// Each step that an interview takes, with how many came that far.
    public let funnel: [Step]
    /// From sending to submission, and to the decision that holds.
    public let timeToSubmission: Spread
    public let timeToDecision: Spread
    /// Where those who began and did not submit stopped, by the question's place.
    public let questions: [Question]
    /// Of those who began, how many answered everything and did not submit.
    public let leftBeforeSubmitting: Int
    public let deviceChecks: DeviceChecks
    public let competencies: [Competency]
    public let suggestions: Suggestions
    public let reviewers: [Load]
    /// Why interviews ended before they were submitted.
    public let losses: [Loss]
    public let live: Live

    public struct Step: Codable, Sendable {
        public let step: StepName
        public let count: Int
        /// Of all that were sent.
        public let share: Double?
        /// Of those that came to the step before.
        public let shareOfPrevious: Double?
    }

    public enum StepName: String, Choice {
        case invited, opened, started, submitted, reviewed, decided
    }

    /// A duration in seconds.
    public struct Spread: Codable, Sendable {
        public let count: Int
        public let median: Double?
        public let p90: Double?
    }

    public struct Question: Codable, Sendable {
        public let position: Int
        /// Null when several assessments are counted.
        public let content: String?
        /// Of interviews that are over, how many came to this question.
        public let reached: Int
        public let left: Int
        public let leftShare: Double?
    }

    public struct DeviceChecks: Codable, Sendable {
        /// Interviews in which devices were tested.
        public let interviews: Int
        /// In which a test found something, and in which the last one still did.
        public let withProblems: Int
        public let unsolved: Int
        public let problemShare: Double?
        public let unsolvedShare: Double?
        /// How many interviews had which problem.
        public let problems: [Problem]
    }

    public struct Problem: Codable, Sendable {
        public let problem: String
        public let interviews: Int
    }

    public struct Competency: Codable, Sendable {
        public let id: Identifier
        public let name: String
        public let scores: Int
        /// How often 1, 2, 3, 4 and 5 was given; null below the least count.
        public let counts: [Int]?
        public let mean: Double?
    }

    /// People's scores beside the engine's suggestions.
    public struct Suggestions: Codable, Sendable {
        public let compared: Int
        public let differing: Int
        public let differingShare: Double?
        /// The mean of what was given less what was suggested, and of how far they are apart.
        public let meanDifference: Double?
        public let meanDistance: Double?
        /// How often which difference, from -4 to 4; null below the least count.
        public let differences: [Difference]?
    }

    public struct Difference: Codable, Sendable {
        public let difference: Int
        public let count: Int
    }

    public struct Load: Codable, Sendable {
        public let id: Identifier
        public let name: String
        public let scores: Int
        public let interviews: Int
        /// Submitted interviews that they were asked to review and have not scored wholly.
        public let waiting: Int
    }

    public struct Loss: Codable, Sendable {
        public let reason: Reason
        public let count: Int
        /// Of all that were sent.
        public let share: Double?
    }

    public enum Reason: String, Choice {
        /// The invitation did not arrive, and the deadline passed.
        case notDelivered = "NOT_DELIVERED"
        case expiredUnopened = "EXPIRED_UNOPENED"
        case expiredUnstarted = "EXPIRED_UNSTARTED"
        case expiredUnfinished = "EXPIRED_UNFINISHED"
        case cancelled = "CANCELLED"
    }

    /// Live interviews whose time was in the period.
    public struct Live: Codable, Sendable {
        public let scheduled: Int
        public let completed: Int
        public let noShow: Int
        public let cancelled: Int
        /// Of those that were held or would have been.
        public let noShowShare: Double?
    }
}

extension Analytics {
    init(_ facts: AnalyticsFacts, from: Timestamp, to: Timestamp, most: Int) {
        self.from = from
        self.to = to
        leastCount = Self.leastCount
        interviews = facts.invited
        isComplete = facts.invited < most
        let reached: [(StepName, Int)] = [
            (.invited, facts.invited), (.opened, facts.opened), (.started, facts.started), (.submitted, facts.submitted),
            (.reviewed, facts.reviewed), (.decided, facts.decided),
        ]
        funnel = reached.enumerated().map { place, step in
            Step(
                step: step.0, count: step.1, share: Self.share(step.1, of: facts.invited),
                shareOfPrevious: place == 0 ? nil : Self.share(step.1, of: reached[place - 1].1))
        }
        timeToSubmission = Self.spread(facts.timeToSubmission)
        timeToDecision = Self.spread(facts.timeToDecision)
        questions = facts.questions.map {
            Question(
                position: $0.position, content: $0.content, reached: $0.reached, left: $0.left,
                leftShare: Self.share($0.left, of: $0.reached))
        }
        leftBeforeSubmitting = facts.leftBeforeSubmitting
        let checks = facts.deviceChecks
        deviceChecks = DeviceChecks(
            interviews: checks.interviews, withProblems: checks.withProblems, unsolved: checks.unsolved,
            problemShare: Self.share(checks.withProblems, of: checks.interviews),
            unsolvedShare: Self.share(checks.unsolved, of: checks.interviews), problems: checks.problems)
        competencies = facts.competencies.map(Self.competency)
        suggestions = Self.suggestions(facts.differences)
        reviewers = facts.reviewers
        losses = Reason.allCases.map { reason in
            let count = facts.losses.first { $0.reason == reason }?.count ?? 0
            return Loss(reason: reason, count: count, share: Self.share(count, of: facts.invited))
        }
        let live = facts.live
        self.live = Live(
            scheduled: live.scheduled, completed: live.completed, noShow: live.noShow, cancelled: live.cancelled,
            noShowShare: Self.share(live.noShow, of: live.noShow + live.completed))
    }

    private static func share(_ count: Int, of all: Int) -> Double? {
        all < leastCount ? nil : Double(count) / Double(all)
    }

    private static func spread(_ spread: AnalyticsFacts.Quantiles) -> Spread {
        let isEnough = spread.count >= leastCount
        return Spread(count: spread.count, median: isEnough ? spread.median : nil, p90: isEnough ? spread.p90 : nil)
    }

    private static func competency(_ facts: AnalyticsFacts.Competency) -> Competency {
        let scores = facts.counts.reduce(0, +)
        let sum = facts.counts.enumerated().reduce(0) { $0 + ($1.offset + 1) * $1.element }
        let isEnough = scores >= leastCount
        return Competency(
            id: facts.id, name: facts.name, scores: scores, counts: isEnough ? facts.counts : nil,
            mean: isEnough ? Double(sum) / Double(scores) : nil)
    }

    private static func suggestions(_ differences: [Difference]) -> Suggestions {
        let compared = differences.reduce(0) { $0 + $1.count }
        let differing = differences.reduce(0) { $0 + ($1.difference == 0 ? 0 : $1.count) }
        func mean(_ value: (Int) -> Int) -> Double? {
            guard compared >= leastCount else { return nil }
            return Double(differences.reduce(0) { $0 + value($1.difference) * $1.count }) / Double(compared)
        }
        return Suggestions(
            compared: compared, differing: differing, differingShare: share(differing, of: compared),
            meanDifference: mean { $0 }, meanDistance: mean { abs($0) },
            differences: compared < leastCount ? nil : (-4...4).map { wanted in
                Difference(difference: wanted, count: differences.first { $0.difference == wanted }?.count ?? 0)
            })
    }
}
