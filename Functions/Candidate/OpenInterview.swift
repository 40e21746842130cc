import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Shows a candidate the interview they were invited to.
@main struct OpenInterview: Endpoint {
    static let route = Route.get("/api/candidate/interview/{token}")
    static let access = Access.candidateReading
    static let summary = "The interview behind a link"

    struct Input: Decodable {}

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Candidate) throws(Failure) -> CandidateView {
        let interview: CandidateView? = try caller.database.row(CandidateView.own)
        guard let interview else { throw .notFound("interview") }
        if interview.openedAt == nil { try noteOpening(caller) }
        return interview
    }

    private func noteOpening(_ caller: Candidate) throws(Failure) {
        try caller.database.execute(
            """
            WITH opened AS (
                UPDATE async_interview SET status = 'OPENED', opened_at = now(), last_active_at = now(), updated_at = now()
                WHERE id = caller_interview() AND status = 'SENT' RETURNING id)
            SELECT emit('interview.opened', jsonb_build_object('interviewId', id)) FROM opened
            """)
    }
}
