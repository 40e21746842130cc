import Endpoint
import Identity
import Postgres

/// Ends the session.
@main struct SignOut: Endpoint {
    static let route = Route.post("/api/auth/logout")
    static let access = Access.recruiter
    static let summary = "Sign out"
    static let success = Success.noContent

    struct Input: Decodable {}

    let isSecure: Bool

    init(_ environment: Environment) throws(Failure) {
        isSecure = try environment.baseURL().hasPrefix("https:")
    }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Sent<Nothing> {
        try caller.database.execute("SELECT close_session()")
        return Sent(Nothing(), headers: [SessionCookie.header(token: nil, isSecure: isSecure)])
    }
}
