import Endpoint
import Storage

/// Tells nginx whether a part of a resumable upload may come, before it takes the body.
@main struct AuthorizePart: Endpoint {
    static let route = Route.patch("/uploads/{organization}/{interview}/{file}").internal
    static let access = Access.partAuthorization
    static let summary = "Whether a part of an upload may come"
    static let success = Success.noContent

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from grant: LocalStore.Grant) throws(Failure) -> Nothing { Nothing() }
}
