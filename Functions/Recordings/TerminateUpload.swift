import Endpoint
import Postgres
import Storage
import Validation

/// Gives a resumable upload up: what has arrived is removed.
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
        let session = database.session("SELECT service_session(\(input.organization), \(upload.traceparent))")
        try store.hold(upload, of: session) { _, state, transaction throws(Failure) in
            guard !state.isStored, !state.isTerminated else { throw Failure.gone("This upload is over.") }
            transaction.queue("UPDATE recording SET status = 'TERMINATED' WHERE video_key = \(upload.grant.key)")
        }
        store.discardParts(of: upload.grant.key)
        return Nothing()
    }
}
