import Endpoint
import Postgres
import Storage
import Validation

/// Gives a resumable upload up: what has arrived is removed, all of it too, unless it is an answer.
@main struct TerminateUpload: Endpoint {
    static let route = Route.delete("/uploads/{organization}/{interview}/{file}").internal
    static let access = Access.resumableUpload
    static let summary = "Give an upload up"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .locked]

    struct Input: Decodable {
        let organization: Identifier
    }

    let database: Database
    let store: LocalStore

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .service)
        store = try LocalStore(environment)
    }

    func handle(_ input: Input, from upload: ResumableUpload) throws(Failure) -> Nothing {
        let session = database.session(of: input.organization, traceparent: upload.traceparent)
        let wasStored = try store.hold(upload, of: session) { _, state, transaction throws(Failure) in
            guard !state.isTerminated else { throw Failure.gone("This upload is over.") }
            // Waits for an answer that is being made of it.
            transaction.queue("UPDATE recording SET status = 'TERMINATED' WHERE video_key = \(upload.grant.key)")
            if state.isStored, try transaction.execute("DELETE FROM blob WHERE key = \(upload.grant.key)") == 0 {
                throw Failure.gone("This recording is an answer and can no longer be given up.")
            }
            return state.isStored
        }
        store.discardParts(of: upload.grant.key)
        if wasStored { try store.discard(upload.grant.key) }
        return Nothing()
    }
}
