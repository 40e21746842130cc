public import Validation

/// What a mail about an interview is for.
public enum MailKind: String, Choice {
    case invitation, reminder, receipt
    case deadlineChanged = "deadline-changed"
    case cancelled
    /// To whoever created the interview.
    case readyToReview = "ready-to-review"
    /// To somebody who was asked to review; all others go to the candidate.
    case reviewAsked = "review-asked"

    /// Whether it goes to the candidate.
    var isForCandidate: Bool { self != .readyToReview && self != .reviewAsked }
}
