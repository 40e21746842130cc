public import Validation

/// Something about an assessment that its author may want to change.
public struct Finding: Codable, Sendable, Equatable {
    public let code: Code
    public let severity: Severity
    /// Null for what concerns the assessment as a whole.
    public let questionPosition: Int?
    /// The levels of its rubric that this is about; empty for what is about the whole question, or more.
    public let rubricLevels: [Int]
    /// What it is, why it matters and what would be better.
    public let message: String

    /// Stable names that programs may rely on.
    public enum Code: String, Choice {
        case noQuestions = "NO_QUESTIONS"
        case tooManyQuestions = "TOO_MANY_QUESTIONS"
        case totalTimeLong = "TOTAL_TIME_LONG"
        case rubricIncomplete = "RUBRIC_INCOMPLETE"
        case descriptionMissing = "DESCRIPTION_MISSING"
        case anchorsMissing = "ANCHORS_MISSING"
        case anchorsTooFew = "ANCHORS_TOO_FEW"
        case anchorsIdentical = "ANCHORS_IDENTICAL"
        case doubleBarrelled = "DOUBLE_BARRELLED"
        case yesOrNo = "YES_OR_NO"
        case thinkTimeShort = "THINK_TIME_SHORT"
        case asksAge = "ASKS_AGE"
        case asksFamilyPlans = "ASKS_FAMILY_PLANS"
        case asksMaritalStatus = "ASKS_MARITAL_STATUS"
        case asksReligion = "ASKS_RELIGION"
        case asksOrigin = "ASKS_ORIGIN"
        case asksHealth = "ASKS_HEALTH"
        case asksSexualOrientation = "ASKS_SEXUAL_ORIENTATION"
        case asksMembership = "ASKS_MEMBERSHIP"
        case asksCriminalRecord = "ASKS_CRIMINAL_RECORD"

        /// Everything else only warns.
        var preventsActivation: Bool { self == .noQuestions || self == .rubricIncomplete }
    }

    public enum Severity: String, Choice {
        case critical, warning, info
    }
}

/// The times of an interview, in seconds, in as far as the questions have to fit them.
public struct Timing: Sendable {
    let thinkTimeSeconds: Int
    let timeLimitSeconds: Int

    /// - Parameters: nil for what interviews have as a rule.
    public init(thinkTimeSeconds: Int? = nil, timeLimitSeconds: Int? = nil) {
        self.thinkTimeSeconds = thinkTimeSeconds ?? 30
        self.timeLimitSeconds = timeLimitSeconds ?? 120
    }

    public static let usual = Timing()
}
