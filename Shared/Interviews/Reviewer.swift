public import Validation

/// Somebody of the organisation.
public struct Person: Codable, Sendable {
    public let id: Identifier
    public let name: String
}

/// How far somebody is with scoring an interview's answers: `reviewers` in the schema.
public struct Reviewer: Codable, Sendable {
    public let id: Identifier
    public let name: String
    /// Whether they were asked to. Anyone in the organisation may score besides.
    public let isAssigned: Bool
    public let status: Progress
    /// How many of the answers they have scored.
    public let scored: Int

    public enum Progress: String, Choice {
        case notStarted = "NOT_STARTED"
        case inProgress = "IN_PROGRESS"
        case done = "DONE"
    }
}
