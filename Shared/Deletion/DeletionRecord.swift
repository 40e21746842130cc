public import Endpoint
public import Postgres
public import Validation

/// What can be deleted for good.
public enum DeletionScope: String, Choice {
    /// An answer's recording with all its takes and what was made from it; what people gave it stays. Known by the answer's id.
    case recording = "RECORDING"
    case interview = "INTERVIEW"
    case liveInterview = "LIVE_INTERVIEW"
    /// A candidate with everything about them.
    case person = "PERSON"
}

/// How much a deletion takes away.
public struct DeletionCounts: Codable, Sendable {
    public let interviews: Int
    public let liveInterviews: Int
    public let answers: Int
    /// Every take that is stored.
    public let recordings: Int
    public let transcripts: Int
    public let analyses: Int
    /// By people.
    public let scores: Int
    public let decisions: Int
    public let monitoringEvents: Int
    public let consents: Int
    public let mails: Int
    public let notes: Int
    /// Versions.
    public let resumes: Int
    /// In the blob store.
    public let bytes: Int
}

/// A deletion, as it stays on record: ids, counts and times, and nothing about the person.
public struct DeletionRecord: Codable, Sendable {
    public enum Cause: String, Choice {
        case request = "REQUEST"
        case retention = "RETENTION"
    }

    public let id: Identifier
    public let scope: DeletionScope
    /// What the answer, the interview or the candidate was known by.
    public let subjectId: Identifier
    public let cause: Cause
    /// Who asked for it; null where the retention period did.
    public let accountId: Identifier?
    public let counts: DeletionCounts
    public let requestedAt: Timestamp
    /// When the store had said of the last object that it is gone; null before.
    public let completedAt: Timestamp?
    /// How many objects had to go from the blob store, and how many are gone.
    public let objects: Int
    public let gone: Int

    /// Deletes something for good on the caller's behalf. What was deleted before gives the same record again.
    /// - Throws: `NOT_FOUND`; `ACCESS_DENIED` unless the caller may; `CONFLICT` for a recording that may still be replaced.
    public static func request(
        _ scope: DeletionScope, _ subject: Identifier, _ session: Session
    ) throws(Failure) -> DeletionRecord {
        try session.transaction { transaction throws(Failure) in
            let planned: Planned? = try transaction.row("SELECT request_deletion(\(scope), \(subject)) AS id")
            guard let planned else { throw .internal("no row from a function") }
            let record: DeletionRecord? = try transaction.row("SELECT * FROM shown_deletion WHERE id = \(planned.id)")
            guard let record else { throw .internal("a deletion without its record") }
            return record
        }
    }

    private struct Planned: Decodable {
        let id: Identifier
    }
}
