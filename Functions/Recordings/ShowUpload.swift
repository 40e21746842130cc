import Endpoint
import Postgres
import Storage
import Validation

/// Tells how much of a resumable upload has arrived, so that its client can go on from there.
@main struct ShowUpload: Endpoint {
    static let route = Route.head("/uploads/{organization}/{interview}/{file}").internal
    static let access = Access.resumableUpload
    static let summary = "How much of an upload has arrived"
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

    func handle(_ input: Input, from upload: ResumableUpload) throws(Failure) -> Sent<Nothing> {
        let session = database.session(of: input.organization, traceparent: upload.traceparent)
        let state = try store.hold(upload, of: session) { _, state, transaction throws(Failure) in
            guard !state.isTerminated else { throw Failure.gone("This upload was given up.") }
            // Whoever is told that all bytes are there sends no more of them; but a crash may have
            // come between the last one and the recording.
            if !state.isStored, state.arrived == state.length {
                try store.keepParts(of: upload, size: state.arrived, in: transaction)
            }
            return state
        }
        if state.arrived == state.length { store.discardParts(of: upload.grant.key) }
        let length = state.length.map { Header("Upload-Length", String($0)) } ?? Header("Upload-Defer-Length", "1")
        return Sent(
            Nothing(), headers: [Header("Upload-Offset", String(state.arrived)), length, upload.expires])
    }
}
