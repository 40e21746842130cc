import Candidates
import Endpoint
import Identity
import Validation

/// Everything about one candidate.
@main struct ShowCandidate: Endpoint {
    static let route = Route.get("/api/candidates/{id}")
    static let access = Access.recruiter
    static let summary = "A candidate with all their interviews and notes"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let id: Identifier
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> CandidateProfile {
        try CandidateProfile.read(input.id, caller.database)
    }
}
