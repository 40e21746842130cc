import Endpoint
import Identity
import LiveInterviews
import Postgres
import Validation

/// Lists and searches the organisation's live interviews: those that come, next one first, or those
/// that are over, last one first.
@main struct ListLiveInterviews: Endpoint {
    static let route = Route.get("/api/interviews")
    static let access = Access.recruiter
    static let summary = "List and search live interviews"

    struct Input: Decodable {
        /// `upcoming` unless stated.
        let period: LivePeriod?
        /// Words, each of which is somewhere in the candidate's name or e-mail address, or in the
        /// assessment's or the job's title.
        let search: Text<1, 100>?
        let status: AnyOf<LiveStatus>?
        let interviewerId: Identifier?
        let candidateId: Identifier?
        let assessmentId: Identifier?
        let cursor: Cursor?
        let limit: Whole<1, 100>?
    }

    struct Output: Codable {
        let interviews: [LiveInterview]
        /// For the next page; null on the last one.
        let nextCursor: Cursor?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let size = input.limit?.value ?? 25
        let isPast = input.period == .past
        let found: [LiveInterview] = try caller.database.rows(isPast ? past(input, size) : upcoming(input, size))
        let (page, next) = Cursor.page(found, of: size) { Cursor($0.scheduledAt, $0.id) }
        return Output(interviews: page, nextCursor: next)
    }

    // Two queries, so that the index is read in the order that is asked for. None is longer than eight hours.

    private func upcoming(_ input: Input, _ size: Int) -> Statement {
        """
        SELECT * FROM live_interview l
        WHERE scheduled_at > now() - interval '8 hours' AND ends_at > now()
            AND (\(input.cursor == nil) OR (scheduled_at, id) > (\(input.cursor?.moment), \(input.cursor?.id)))
            AND (\(input.status == nil) OR status = ANY (string_to_array(\(input.status?.words)::text, ',')))
            AND (\(input.candidateId == nil) OR candidate_id = \(input.candidateId))
            AND (\(input.assessmentId == nil) OR assessment_id = \(input.assessmentId))
            AND (\(input.interviewerId == nil) OR EXISTS (
                SELECT FROM interviewer w WHERE w.interview_id = l.id AND w.account_id = \(input.interviewerId)))
            AND (\(input.search == nil) OR searched LIKE ALL (search_patterns(\(input.search))))
        ORDER BY scheduled_at, id LIMIT \(size + 1)
        """
    }

    private func past(_ input: Input, _ size: Int) -> Statement {
        """
        SELECT * FROM live_interview l
        WHERE scheduled_at < now() AND ends_at <= now()
            AND (\(input.cursor == nil) OR (scheduled_at, id) < (\(input.cursor?.moment), \(input.cursor?.id)))
            AND (\(input.status == nil) OR status = ANY (string_to_array(\(input.status?.words)::text, ',')))
            AND (\(input.candidateId == nil) OR candidate_id = \(input.candidateId))
            AND (\(input.assessmentId == nil) OR assessment_id = \(input.assessmentId))
            AND (\(input.interviewerId == nil) OR EXISTS (
                SELECT FROM interviewer w WHERE w.interview_id = l.id AND w.account_id = \(input.interviewerId)))
            AND (\(input.search == nil) OR searched LIKE ALL (search_patterns(\(input.search))))
        ORDER BY scheduled_at DESC, id DESC LIMIT \(size + 1)
        """
    }
}
