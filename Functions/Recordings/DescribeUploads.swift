import Crypto
import Endpoint
import Storage

/// Tells a tus client what this server can do.
@main struct DescribeUploads: Endpoint {
    static let route = Route.options("/uploads").internal
    static let access = Access.anyone
    static let summary = "What resumable uploads can do"
    static let success = Success.noContent

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Anyone) throws(Failure) -> Sent<Nothing> {
        Sent(
            Nothing(),
            headers: [
                Header("Tus-Version", ResumableUpload.version),
                Header("Tus-Extension", "creation-defer-length,expiration,checksum,termination"),
                Header("Tus-Checksum-Algorithm", PartDigest.allCases.map(\.rawValue).joined(separator: ",")),
                Header("Tus-Max-Size", String(LocalStore.largest)),
            ])
    }
}
