public import Validation

/// What a mail about an interview is for.
public enum MailKind: String, Choice {
    case invitation, reminder, receipt
    case deadlineChanged = "deadline-changed"
    case cancelled
    /// To whoever created the interview.
    case readyToReview = "ready-to-review"
    /// To somebody who was asked to review.
    case reviewAsked = "review-asked"
    /// To the same person once there is something to review; all others go to the candidate.
    case reviewReady = "review-ready"

    /// Whether it goes to the candidate.
    var isForCandidate: Bool {
        switch self {
        case .readyToReview, .reviewAsked, .reviewReady: false
        case .invitation, .reminder, .receipt, .deadlineChanged, .cancelled: true
        }
    }
}
