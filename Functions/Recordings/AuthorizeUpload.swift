import Endpoint
import Storage

/// Tells nginx whether an upload may begin, before it takes the body.
@main struct AuthorizeUpload: Endpoint {
    static let route = Route.put("/blob/{organization}/{interview}/{file}").internal
    static let access = Access.uploadAuthorization
    static let summary = "Whether an upload may begin"
    static let success = Success.noContent

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from grant: LocalStore.Grant) throws(Failure) -> Nothing { Nothing() }
}
