import Documents
import Endpoint
import Events
import JSON
import Models
import Postgres
import ResumeRecords
import Resumes
import StoredObjects
import Validation

/// Reads a version of a resume that takes longer than a request should: with the organisation's model, or
/// from the pictures of a scan.
@main struct ReadReceivedResume: Endpoint {
    static let route = Route.post("/api/ai/read-resume")
    static let access = Access.event(.resumeReceived, .resumeOverdue)
    static let summary = "Webhook: read a resume"
    static let success = Success.noContent
    static let limits = Limits(workers: 2)

    struct Input: Decodable {
        let resumeId: Identifier
    }

    private struct Row: Decodable {
        let fileKey: String?
        let document: DocumentText?
    }

    let engines: Engines
    let objects: StoredObjects
    let reader: DocumentReader

    init(_ environment: Environment) throws(Failure) {
        engines = try Engines(environment)
        reader = DocumentReader(environment)
        objects = try StoredObjects(environment)
    }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        if try caller.isDone() { return Nothing() }
        // Somebody may have taken it back meanwhile.
        guard let row: Row = try caller.database.row("SELECT file_key, document FROM resume WHERE id = \(input.resumeId)") else {
            return Nothing()
        }
        let document: DocumentText
        switch try read(row) {
        case .success(let read): document = read
        case .failure(let problem):
            let failure = Failure(problem)
            if failure.code == .unavailable { throw failure }
            try fail(input.resumeId, problem.description, caller)
            return Nothing()
        }
        let work = Work(.resume, about: input.resumeId, data: ["resumeId": .string(input.resumeId.description)])
        let labeled = try engines.answer(
            work, of: caller.database,
            model: { model throws(ModelFailure) in
                LabeledReading(try ModelResumeReader(model: model, today: Month(of: .now)).read(document))
            },
            offline: { fallback throws(Failure) in .offline(document, fallback: fallback) })
        try save(labeled, document, for: input.resumeId, caller)
        return Nothing()
    }

    private func read(_ row: Row) throws(Failure) -> Result<DocumentText, DocumentProblem> {
        if let known = row.document { return .success(known) }
        return try objects.withFile(of: row.fileKey ?? "") { path throws(Failure) in
            Result { () throws(DocumentProblem) in try reader.read(path) }
        }
    }

    private func save(
        _ labeled: LabeledReading, _ document: DocumentText, for resume: Identifier, _ caller: Service
    ) throws(Failure) {
        let text = try JSON(writing: document)
        try caller.once { transaction throws(Failure) in
            let isThere = try transaction.execute(
                "UPDATE resume SET status = 'COMPLETE', document = \(text) WHERE id = \(resume)")
            if isThere == 1 { try labeled.save(for: resume, transaction) }
        }
    }

    /// Nothing of the document stays but why it could not be read.
    private func fail(_ resume: Identifier, _ problem: String, _ caller: Service) throws(Failure) {
        try caller.once { transaction throws(Failure) in
            transaction.queue(
                """
                WITH failed AS (SELECT id, file_key FROM resume WHERE id = \(resume) AND file_key IS NOT NULL FOR UPDATE),
                    told AS (SELECT emit('resume.removed', jsonb_build_object('key', file_key)) FROM failed)
                UPDATE resume SET status = 'FAILED', problem = \(problem), file_key = NULL
                FROM failed WHERE resume.id = failed.id AND EXISTS (SELECT FROM told)
                """)
        }
    }
}
