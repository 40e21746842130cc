import Changes
import Endpoint
import Identity
import Postgres
import Validation

/// Mails the link once more to a candidate who has not submitted yet.
@main struct ResendInvitation: Endpoint {
    static let route = Route.post("/api/async-interviews/{id}/resend")
    static let access = Access.recruiter
    static let summary = "Send an interview's invitation once more"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> ChangedInterview {
        try caller.database.transaction { transaction throws(Failure) in
            try Change.resend.apply(to: input.id, transaction)
        }
    }
}
