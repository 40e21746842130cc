public import Validation

/// What became of a mail about an interview.
public enum MailState: String, Choice {
    /// Not taken yet; it is tried again.
    case sending
    case sent
    /// Refused, or given up.
    case failed
    /// Taken, and then it came back.
    case bounced
    /// It had become pointless before it could be sent.
    case skipped
}
