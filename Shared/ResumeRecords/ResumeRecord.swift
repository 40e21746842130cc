public import Endpoint
public import Interviews
public import Postgres
public import Resumes
public import Validation

/// One version of a candidate's resume and the newest of what was read in it, as people see it.
public struct ResumeRecord: Codable, Sendable {
    public let candidateId: Identifier
    /// From 1 on.
    public let version: Int
    public let status: ResumeStatus
    /// Why there is no reading, in a sentence for people.
    public let problem: String?
    public let kind: ResumeKind
    /// Null for pasted text.
    public let fileName: String?
    public let sizeBytes: Int
    public let uploadedAt: Timestamp
    public let uploadedBy: Person

    /// Null, as all that follows, until there is a reading.
    public let analysisId: Identifier?
    public let analyzedAt: Timestamp?
    /// What the resume says, with what people corrected.
    public let extractedData: Resume?
    public let corrections: [ResumeCorrection]
    /// Where the values stand in `text`, as they were read.
    public let evidence: [Evidence]
    /// Passages that address a machine rather than a reader. They changed nothing.
    public let flags: [Flag]
    /// What the document holds and does not show. It was not read.
    public let hiddenText: [Hidden]
    public let engine: ResumeEngine?
    public let text: String?
    public let lines: [TextLine]
    public let pages: Int?
    /// The pages, from 1, that are pictures of text and were left out because there are too many of them.
    public let unreadPages: [Int]
    public let generatedQuestions: TailoredQuestions?

    /// As `HiddenText`.
    public struct Hidden: Codable, Sendable {
        public let text: String
        /// From 1.
        public let page: Int
        public let reason: String
    }

    /// A line of `text`, and its place on a page where that is known.
    public struct TextLine: Codable, Sendable {
        /// In UTF-16 code units.
        public let start: Int
        public let end: Int
        /// From 1.
        public let page: Int
        public let box: Area?
    }

    /// In points from the page's upper left corner.
    public struct Area: Codable, Sendable {
        public let x: Double
        public let y: Double
        public let width: Double
        public let height: Double
    }
}

/// Whether a version was read.
public enum ResumeStatus: String, Choice {
    case reading = "READING"
    case complete = "COMPLETE"
    case failed = "FAILED"
}

/// How a result came about.
public struct ResumeEngine: Codable, Sendable {
    /// `rules`, or the model's name.
    public let name: String
    public let version: String
    public let origin: Origin?
    /// How many values a model gave that are not in the text. They were left out.
    public let dropped: Int
    /// How the text was got: `pasted`, `textLayer`, `recognized` or `mixed`.
    public let method: String
    /// Why the rules did what a model should have done, in a sentence; null where they were meant to.
    public let fallback: String?

    /// As the provider answered; see `Models.Origin`.
    public struct Origin: Codable, Sendable {
        public let provider: String
        public let model: String
        public let promptName: String
        public let promptVersion: Int
        public let inputTokens: Int
        public let outputTokens: Int
    }
}

extension ResumeRecord {
    /// - Parameter version: nil for the one whose analysis counts.
    /// - Throws: `NOT_FOUND` when there is none.
    public static func read(
        of candidate: Identifier, version: Int?, _ transaction: Transaction
    ) throws(Failure) -> ResumeRecord {
        guard let row: ResumeRow = try transaction.row(ResumeRow.query(candidate, version)) else { throw .notFound("resume") }
        return try row.record()
    }

    /// The one whose analysis counts; nil when there is none.
    public static func current(of candidate: Identifier, _ session: Session) throws(Failure) -> ResumeRecord? {
        let row: ResumeRow? = try session.row(ResumeRow.query(candidate, nil))
        return try row?.record()
    }
}
