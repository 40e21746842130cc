public import Interviews
public import Validation

/// How far a candidate has come.
public enum PipelineStage: String, Choice {
    case applied = "APPLIED"
    case screening = "SCREENING"
    case interview = "INTERVIEW"
    case offer = "OFFER"
    case hired = "HIRED"
    case rejected = "REJECTED"
}

/// A candidate as somebody writes them down.
public struct CandidateFields: Decodable, Sendable {
    public let name: Text<1, 200>
    public let email: EmailAddress
    /// Empty for none.
    public let phone: Text<0, 50>?
    /// ``PipelineStage/applied`` unless stated.
    public let pipelineStage: PipelineStage?
}

/// A candidate as they are written down.
public struct CandidateRecord: Codable, Sendable {
    public let id: Identifier
    public let name: String
    public let email: String
    public let phone: String?
    public let pipelineStage: PipelineStage
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
}

/// What somebody wrote about a candidate, for colleagues.
public struct CandidateNote: Codable, Sendable {
    public let id: Identifier
    public let text: String
    public let author: Person
    /// Whether the caller wrote it, and may take it back.
    public let isOwn: Bool
    public let createdAt: Timestamp
}
