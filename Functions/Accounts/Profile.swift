import Endpoint
import Identity

/// Tells who is signed in.
@main struct Profile: Endpoint {
    static let route = Route.get("/api/auth/profile")
    static let access = Access.recruiter
    static let summary = "Who is signed in"

    struct Input: Decodable {}

    struct Output: Codable {
        let user: User
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        guard let user = try User.signedIn(caller.database) else { throw .internal("a session without an account") }
        return Output(user: user)
    }
}
