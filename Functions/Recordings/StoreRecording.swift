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
    static let failures: [Failure.Code] = [.validationFailed, .checksumMismatch]

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
        guard let size = File.version(of: upload.path)?.size else {
            throw .unavailable("The recording could not be read. Please try again.", cause: "no spooled file")
        }
        guard size == upload.length else { throw .invalid("", "did not arrive whole") }
        try upload.checkBytes()
        let session = database.session(of: input.organization, traceparent: upload.traceparent)
        try session.transaction { transaction throws(Failure) in
            try store.keep(upload.path, size: size, as: upload.grant, in: transaction)
        }
        return Output(videoKey: upload.grant.key, size: size)
    }
}
