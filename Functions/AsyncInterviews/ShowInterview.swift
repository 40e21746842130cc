import Endpoint
import Identity
import Interviews
import JSON
import Postgres
import Storage
import Validation

/// Everything that a reviewer needs about one interview.
@main struct ShowInterview: Endpoint {
    static let route = Route.get("/api/async-interviews/{id}")
    static let access = Access.recruiter
    static let summary = "An asynchronous interview with its answers, insights and proctoring events"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    let store: BlobStore
    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) {
        store = try BlobStore(environment)
        invitations = try Invitations(environment)
    }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> InterviewRecord {
        let record: InterviewRecord? = try caller.database.row(InterviewRecord.query(input.id))
        guard var record else { throw .notFound("interview") }
        record.combine()
        record.address(with: store, candidateURL: invitations.url(for: input.id))
        return record
    }
}
