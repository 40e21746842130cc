public import Documents
public import Endpoint
import JSON
public import Models
public import Postgres
public import Resumes
public import Validation

/// Something read, and why not by the model that should have read it.
public struct LabeledReading {
    public let reading: ResumeReading
    public let fallback: Fallback?

    public init(_ reading: ResumeReading, fallback: Fallback? = nil) {
        self.reading = reading
        self.fallback = fallback
    }

    /// What the offline engine reads.
    public static func offline(_ document: DocumentText, fallback: Fallback? = nil) -> LabeledReading {
        LabeledReading(OfflineResumeReader(today: Month(of: .now)).read(document), fallback: fallback)
    }

    /// Makes this the newest of a version's readings.
    public func save(for resume: Identifier, _ transaction: Transaction) throws(Failure) {
        let reading = try JSON(writing: self.reading)
        let fallback = try self.fallback.map { fallback throws(Failure) in try JSON(writing: fallback) }
        transaction.queue(
            """
            INSERT INTO resume_analysis (organization_id, resume_id, reading, fallback)
            VALUES (caller_organization(), \(resume), \(reading), \(fallback))
            """)
    }
}

extension DocumentReader {
    /// One that keeps what it needs for a while where this installation does.
    public init(_ environment: Environment) {
        self.init(temporaryFolder: environment["PARLEY_TEMPORARY"] ?? "/tmp")
    }
}

extension Failure {
    /// What is wrong with a document that somebody sent.
    public init(_ problem: DocumentProblem) {
        switch problem {
        case .tooLarge: self = Failure(.payloadTooLarge, problem.description)
        case .unsupported: self = Failure(.unsupportedMediaType, problem.description)
        case .toolFailed(let detail): self = .unavailable(problem.description, retryAfter: 10, cause: detail)
        default: self = Failure(.unreadable, problem.description)
        }
    }
}
