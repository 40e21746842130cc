import Documents
import Endpoint
import Events
import JSON
import Models
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
        guard let resume = try ReceivedResume.read(input.resumeId, caller.database) else { return Nothing() }
        let document: DocumentText
        switch try read(resume) {
        case .success(let read): document = read
        case .failure(let problem):
            let failure = Failure(problem)
            if failure.code == .unavailable { throw failure }
            try caller.once { resume.fail(because: problem.description, $0) }
            return Nothing()
        }
        let work = Work(.resume, about: input.resumeId, data: ["resumeId": .string(input.resumeId.description)])
        let labeled = try engines.answer(
            work, of: caller.database,
            model: { model throws(ModelFailure) in
                LabeledReading(try ModelResumeReader(model: model, today: Month(of: .now)).read(document))
            },
            offline: { fallback throws(Failure) in .offline(document, fallback: fallback) })
        try caller.once { transaction throws(Failure) in try resume.save(labeled, of: document, transaction) }
        return Nothing()
    }

    private func read(_ resume: ReceivedResume) throws(Failure) -> Result<DocumentText, DocumentProblem> {
        if let known = resume.document { return .success(known) }
        return try objects.withFile(of: resume.fileKey ?? "") { path throws(Failure) in
            Result { () throws(DocumentProblem) in try reader.read(path) }
        }
    }
}
