public import Validation

/// What a mail about an interview is for.
public enum MailKind: String, Choice {
    case invitation, reminder, receipt
    case deadlineChanged = "deadline-changed"
    case cancelled
    /// To whoever created the interview; all others go to the candidate.
    case readyToReview = "ready-to-review"
}
