import Documents
import Endpoint
import Identity
import Models
import Postgres
import ResumeRecords
import Storage
import StoredObjects
import Validation

/// Takes a candidate's resume in and reads it.
///
/// What the rules can read is read at once. A model, or the pictures of a scan, take longer than a request
/// should: then the answer has the status READING, and ``ReadReceivedResume`` goes on.
@main struct AnalyzeResume: Endpoint {
    static let route = Route.post("/api/resume/analyze")
    static let access = Access.recruiter.withFile
    static let summary = "Read a resume: pasted text, or a PDF, DOC or DOCX file"
    static let failures: [Failure.Code] = [.notFound, .rateLimited, .unreadable, .storageFull]
    static let limits = Limits(body: 512 * 1024, file: DocumentReader.mostBytes, workers: 4)

    struct Input: Decodable {
        let candidateId: Identifier
        /// Instead of a file.
        let resumeText: Text<1, 100_000>?
    }

    let objects: StoredObjects
    let engines: Engines
    let reader: DocumentReader
    let quota: StorageQuota

    init(_ environment: Environment) throws(Failure) {
        objects = try StoredObjects(environment)
        engines = try Engines(environment)
        reader = DocumentReader(environment)
        quota = try StorageQuota(environment)
    }

    func handle(_ input: Input, from sender: Sender<Recruiter>) throws(Failure) -> ResumeRecord {
        let session = sender.caller.database
        switch (input.resumeText?.value, sender.file) {
        case (let text?, nil):
            return try keep(ResumeArrival(pasted: text, for: input.candidateId), session) { _ throws(Failure) in }
        case (nil, let file?): return try read(file, of: input.candidateId, session)
        case (nil, nil): throw .invalid("resumeText", "or a file is required")
        default: throw .invalid("resumeText", "cannot be given together with a file")
        }
    }

    private func read(_ sent: SentFile, of candidate: Identifier, _ session: Session) throws(Failure) -> ResumeRecord {
        guard !sent.range.isEmpty else { throw Failure(DocumentProblem.empty) }
        // Under an Idempotency-Key all this is one transaction, which the reading interrupts.
        try session.execute("SET LOCAL idle_in_transaction_session_timeout = '60s'")
        let file = try objects.receive(sent)
        if let known = try ResumeArrival.check(candidate, isFile: true, sha256: file.sha256, session) {
            return try session.transaction { transaction throws(Failure) in
                try ResumeRecord.read(of: candidate, version: known, transaction)
            }
        }
        try quota.check(file.size, session)
        let document: DocumentText?
        do { document = try reader.readLayer(file.path) } catch { throw Failure(error) }
        let kind = try ResumeKind(ofFileAt: file.path)
        let arrival = ResumeArrival(
            for: candidate, kind: kind, fileName: SafeFileName(sent.name, kind).text, size: file.size, sha256: file.sha256,
            document: document)
        return try keep(arrival, session) { key throws(Failure) in try objects.keep(file, at: key) }
    }

    /// - Parameter place: puts the file at its key.
    private func keep(
        _ arrival: ResumeArrival, _ session: Session, place: (String) throws(Failure) -> Void
    ) throws(Failure) -> ResumeRecord {
        let hasModel = try engines.languageModel(for: .resume, about: arrival.id, of: session) != nil
        return try session.transaction { transaction throws(Failure) in
            let kept = try arrival.save(hasModel: hasModel, transaction)
            // A store that is not ours may take its time with the file.
            transaction.queue("SET LOCAL idle_in_transaction_session_timeout = '60s'")
            let record = try ResumeRecord.read(of: arrival.candidate, version: kept.version, transaction)
            if let key = kept.key { try place(key) }
            return record
        }
    }
}
