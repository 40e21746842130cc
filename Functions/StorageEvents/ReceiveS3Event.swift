import Endpoint
import StorageEvents

/// Takes what S3, or who speaks its protocol, tells of new objects: through Amazon SNS, signed; or from EventBridge, MinIO
/// and others, with the token.
@main struct ReceiveS3Event: Endpoint {
    static let route = Route.post("/api/webhooks/storage/s3")
    static let access = Access.s3Events
    static let summary = "Storage webhook: S3 tells of new objects"
    static let failures: [Failure.Code] = [.validationFailed]
    /// SNS sends up to 256 KiB, in which quotation marks and line ends take twice their room.
    static let limits = Limits(body: 512 * 1024, workers: 4)

    struct Input: Decodable {}

    let sns: SNS

    init(_ environment: Environment) throws(Failure) { sns = try SNS(environment) }

    func handle(_ input: Input, from caller: StorageNotice) throws(Failure) -> StorageNotice.Outcome {
        if case .subscription(let url) = caller.content { try sns.subscribe(url) }
        return try caller.receive()
    }
}
