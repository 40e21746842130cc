public import Validation

/// Where an asynchronous interview stands. `EXPIRED` is also what one is shown as whose deadline
/// has passed without submission.
public enum InterviewStatus: String, Choice {
    case draft = "DRAFT"
    case sent = "SENT"
    case opened = "OPENED"
    case inProgress = "IN_PROGRESS"
    case submitted = "SUBMITTED"
    case expired = "EXPIRED"
    case reviewed = "REVIEWED"
    /// Withdrawn by a recruiter before it was submitted.
    case cancelled = "CANCELLED"
}

/// How near an interview's deadline is that has not been submitted.
public enum DeadlineState: String, Choice {
    /// Within the next 48 hours.
    case soon
    case passed
}

/// How often a candidate may record an answer again.
public enum RetakePolicy: String, Choice {
    case zero = "ZERO"
    case one = "ONE"
    case two = "TWO"
    case three = "THREE"
}

public enum QuestionType: String, Choice {
    case behavioral = "BEHAVIORAL"
    case situational = "SITUATIONAL"
    case technical = "TECHNICAL"
    case asyncVideo = "ASYNC_VIDEO"
    case asyncText = "ASYNC_TEXT"
}

public enum ResponseStatus: String, Choice {
    case notStarted = "NOT_STARTED"
    case recording = "RECORDING"
    case recorded = "RECORDED"
    case submitted = "SUBMITTED"
}

public enum ProcessingStatus: String, Choice {
    case pending, processing, complete, failed
    /// The candidate chose that it is not done.
    case declined
    /// It waits for a person who has looked at the transcript.
    case held
    /// The recording was deleted, with what was made from it.
    case deleted
}

public enum ProctorEventType: String, Choice {
    case tabSwitch = "TAB_SWITCH"
    case fullscreenExit = "FULLSCREEN_EXIT"
    case noFaceDetected = "NO_FACE_DETECTED"
    case multipleFaces = "MULTIPLE_FACES"
    case copyPasteAttempt = "COPY_PASTE_ATTEMPT"
    case timeLimitExceeded = "TIME_LIMIT_EXCEEDED"
    case windowBlur = "WINDOW_BLUR"
    case devtoolsOpen = "DEVTOOLS_OPEN"
}

/// How many proctoring events of which severity an interview has, and the risk they amount to.
public struct ProctorSummary: Codable, Sendable {
    public let totalEvents: Int
    public let critical: Int
    public let warning: Int
    public let info: Int
    public let riskLevel: RiskLevel

    public enum RiskLevel: String, Choice {
        case low, medium, high
    }
}

/// What a reviewer recommends.
public enum Recommendation: String, Choice {
    case strongAdvance = "strong_advance"
    case advance, hold, decline
}
