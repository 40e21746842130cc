import Endpoint
import Identity
import Interviews
import Postgres
import Storage
import StoredObjects
import Validation

/// Makes a stored recording the candidate's answer to a question.
@main struct SaveResponse: Endpoint {
    static let route = Route.post("/api/candidate/interview/{token}/response")
    static let access = Access.candidateFinishing
    static let summary = "Use a take as the answer to a question"
    static let failures: [Failure.Code] = [.checksumMismatch]

    struct Input: Decodable {
        let questionId: Identifier
        let videoKey: Text<1, 200>
        let videoUrl: Text<1, 2000>
        let durationSeconds: Whole<1, 1900>
        let takeNumber: Whole<1, 7>
    }

    private struct Arriving: Decodable {
        let mimeType: String
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> SavedAnswer {
        let key = input.videoKey.value
        if objects.store.isRemote { try confirmArrival(of: key, caller.database) }
        let answer = RecordedAnswer(
            to: input.questionId, videoKey: key, durationSeconds: input.durationSeconds.value, takeNumber: input.takeNumber.value)
        return try caller.database.transaction { transaction throws(Failure) in
            let facts = try RecordingFacts.read(answer, transaction)
            try facts.checkQuestion()
            guard input.videoUrl.value == objects.store.url(of: key) else {
                throw .invalid("videoUrl", "must be the address that came with the videoKey")
            }
            try facts.check(answer)
            answer.save(facts, transaction)
            return try .read(input.questionId, transaction)
        }
    }

    /// A remote store may not have told yet, or never will.
    private func confirmArrival(of key: String, _ database: Session) throws(Failure) {
        let arriving: Arriving? = try database.row(
            """
            SELECT mime_type FROM recording
            WHERE video_key = \(key) AND status = 'GRANTED' AND upload_name IS NULL
                AND NOT EXISTS (SELECT FROM blob WHERE key = video_key)
            """)
        if let arriving { _ = try objects.confirm(key, contentType: arriving.mimeType, in: database) }
    }
}
