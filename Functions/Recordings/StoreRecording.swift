import Endpoint
import POSIX
import Postgres
import Storage
import Validation

/// Keeps an uploaded recording. nginx has spooled the body to a file; only its name comes here.
@main struct StoreRecording: Endpoint {
    static let route = Route.put("/blob/{organization}/{interview}/{file}").internal
    static let access = Access.uploadedFile
    static let summary = "Keep an uploaded recording"
    static let success = Success.created
    static let failures: [Failure.Code] = [.validationFailed]

    struct Input: Decodable {
        let organization: Identifier
    }

    struct Output: Codable {
        let videoKey: String
        let size: Int
    }

    let database: Database
    let store: LocalStore

    init(_ environment: Environment) throws(Failure) {
        database = try Database(environment, as: .service)
        store = try LocalStore(environment)
    }

    func handle(_ input: Input, from upload: UploadedFile) throws(Failure) -> Output {
        let size = try check(upload)
        let grant = upload.grant
        let session = database.session("SELECT service_session(\(input.organization), \(upload.traceparent))")
        try session.transaction { transaction throws(Failure) in
            // The row comes first: it decides between two uploads to one key. A file without a row
            // is what a crash left behind, and is replaced.
            let isNew = try transaction.execute(
                """
                INSERT INTO blob (key, organization_id, content_type, size_bytes)
                VALUES (\(grant.key), caller_organization(), \(grant.contentType), \(size)) ON CONFLICT DO NOTHING
                """)
            guard isNew == 1 else { throw .gone("This permission was used already; the recording is stored.") }
            try store.place(upload.path, at: grant.key)
            transaction.queue(
                """
                SELECT emit('blob.stored', jsonb_build_object(
                    'key', \(grant.key)::text, 'size', \(size), 'contentType', \(grant.contentType)::text))
                """)
        }
        return Output(videoKey: grant.key, size: size)
    }

    /// - Returns: the file's size in bytes.
    private func check(_ upload: UploadedFile) throws(Failure) -> Int {
        guard let size = File.version(of: upload.path)?.size, let start = try? File.read(upload.path, limit: 16) else {
            throw .unavailable("The recording could not be read. Please try again.", cause: "no spooled file")
        }
        guard size == upload.length else { throw .invalid("", "did not arrive whole") }
        guard let container = Container(rawValue: upload.grant.contentType), container.matches(start) else {
            throw .invalid("", "is not a recording of type \(upload.grant.contentType)")
        }
        return size
    }
}
