import Endpoint
import Postgres
import Storage
import Validation

/// Adds a part to a resumable upload; the last one makes it a recording. nginx has spooled the part
/// to a file; only its name comes here.
@main struct AppendPart: Endpoint {
    static let route = Route.patch("/uploads/{organization}/{interview}/{file}").internal
    static let access = Access.uploadPart
    static let summary = "Add a part to an upload"
    static let success = Success.noContent
    static let failures: [Failure.Code] = [.notFound, .conflict, .payloadTooLarge, .locked, .checksumMismatch]
    /// Copying waits for the disk.
    static let limits = Limits(workers: 4)

    struct Input: Decodable {
        let organization: Identifier
    }

    let database: Database
    let store: LocalStore

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .service)
        store = try LocalStore(environment)
    }

    func handle(_ input: Input, from part: UploadPart) throws(Failure) -> Sent<Nothing> {
        let upload = part.upload
        let session = database.session(of: input.organization, traceparent: upload.traceparent)
        let (offset, isComplete) = try store.hold(upload, of: session) { file, state, transaction throws(Failure) in
            let length = try check(part, state)
            try part.append(to: &file)
            let offset = state.arrived + part.size
            if state.length == nil, let length {
                transaction.queue("UPDATE recording SET length_bytes = \(length) WHERE video_key = \(upload.grant.key)")
            }
            if offset == length { try store.keepParts(of: upload, size: offset, in: transaction) }
            return (offset, offset == length)
        }
        if isComplete { store.discardParts(of: upload.grant.key) }
        return Sent(Nothing(), headers: [Header("Upload-Offset", String(offset)), upload.expires])
    }

    /// - Returns: the length of the whole upload in bytes, when it is known.
    private func check(_ part: UploadPart, _ state: UploadState) throws(Failure) -> Int? {
        guard !state.isStored, !state.isTerminated else { throw .gone("This upload is over.") }
        guard part.offset == state.arrived else {
            throw .conflict("\(state.arrived) bytes have arrived, so the next part must begin there.")
        }
        if let declared = part.length, declared != state.length ?? declared || declared == 0 {
            throw .invalid("Upload-Length", state.length.map { "was \($0) before and cannot change" } ?? "must not be 0")
        }
        let length = state.length ?? part.length
        let most = min(length ?? LocalStore.largest, LocalStore.largest)
        guard length ?? 0 <= most, state.arrived + part.size <= most else {
            throw Failure(.payloadTooLarge, "This upload may have at most \(most) bytes.")
        }
        return length
    }
}
