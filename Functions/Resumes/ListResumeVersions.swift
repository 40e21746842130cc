import Endpoint
import Identity
import Postgres
import ResumeRecords
import Validation

/// The versions of a candidate's resume, what was read in each and what that changed.
@main struct ListResumeVersions: Endpoint {
    static let route = Route.get("/api/resume/{candidateId}/versions")
    static let access = Access.recruiter
    static let summary = "A resume's versions and what changed"
    static let failures: [Failure.Code] = [.notFound]

    struct Input: Decodable {
        let candidateId: Identifier
    }

    struct Output: Codable {
        /// Newest first.
        let versions: [ResumeVersion]
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        Output(versions: try ResumeVersion.all(of: input.candidateId, caller.database))
    }
}
