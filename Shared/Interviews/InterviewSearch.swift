public import Endpoint
public import Postgres
public import Validation

/// What a list of asynchronous interviews is asked for.
public struct InterviewSearch: Decodable {
    /// Words, each of which is somewhere in the candidate's name or e-mail address, or in the
    /// assessment's or the job's title.
    public let search: Text<1, 100>?
    public let status: AnyOf<InterviewStatus>?
    public let candidateId: Identifier?
    public let assessmentId: Identifier?
    public let recommendation: Recommendation?
    public let deadline: DeadlineState?
    /// Where the page before ended. Goes on after it whatever was added meanwhile.
    public let cursor: Cursor?
    /// Instead of a cursor, as far as interviews are counted.
    public let page: Whole<1, 40>?
    public let limit: Whole<1, 100>?

    /// A page of what was found, newest first.
    public struct Found: Codable {
        public let interviews: [Interview]
        /// For the next page; null on the last one.
        public let nextCursor: Cursor?
        /// Null after a cursor.
        public let page: Int?
        public let pageSize: Int
        /// How many there are in all, counted up to 1,000. Null after a cursor, and in a search that
        /// finds more than a page.
        public let total: Int?
        public let isTotalExact: Bool
        public let pageCount: Int?
    }

    public struct Interview: Codable {
        public let id: Identifier
        public let status: InterviewStatus
        public let candidate: Candidate
        public let assessment: Assessment
        public let deadlineAt: Timestamp
        public let invitationSentAt: Timestamp?
        public let openedAt: Timestamp?
        public let submittedAt: Timestamp?
        public let createdAt: Timestamp
        public let questionCount: Int
        /// Answers of both kinds, on video and in writing.
        public let answerCount: Int
        public let videoCount: Int
        public let proctorSummary: ProctorSummary
        /// Whether the page watched; if not, a low risk says nothing. (The server itself sees only the time.)
        public let monitored: Bool
        public let aiAnalysisStatus: ProcessingStatus
        public let recommendation: Recommendation?
    }

    public struct Candidate: Codable {
        public let id: Identifier
        public let name: String
        public let email: String
    }

    public struct Assessment: Codable {
        public let id: Identifier
        public let title: String
        public let jobTitle: String
    }

    private struct Page: Decodable {
        let found: Int
        let interviews: [Interview]
    }
}

extension InterviewSearch {
    /// How many are counted; more would take the longer the more there are.
    private static let mostCounted = 1_000

    /// - Throws: `VALIDATION_FAILED` for both a cursor and a page.
    public func find(_ session: Session) throws(Failure) -> Found {
        guard cursor == nil || page == nil else {
            try session.confirm()
            throw .invalid("page", "cannot be given together with a cursor")
        }
        let size = limit?.value ?? 25
        let offset = ((page?.value ?? 1) - 1) * size
        let isCounted = search == nil && cursor == nil
        let most = max(offset + size, isCounted ? Self.mostCounted : 0) + 1
        let found: Page? = try session.row(query(size: size, offset: offset, most: most))
        guard let found else { throw .internal("no row from an aggregate") }

        let hasMore = found.found > offset + size
        let knowsTotal = cursor == nil && (isCounted || !hasMore)
        let total = knowsTotal ? min(found.found, most - 1) : nil
        return Found(
            interviews: found.interviews,
            nextCursor: hasMore ? found.interviews.last.map { Cursor($0.createdAt, $0.id) } : nil,
            page: cursor == nil ? offset / size + 1 : nil, pageSize: size, total: total,
            isTotalExact: knowsTotal && found.found < most, pageCount: total.map { ($0 + size - 1) / size })
    }

    /// - Parameter most: how many are looked for, and counted.
    private func query(size: Int, offset: Int, most: Int) -> Statement {
        """
        WITH found AS MATERIALIZED (
            SELECT id, created_at FROM find_interviews(
                \(search), string_to_array(\(status?.words)::text, ','), \(candidateId), \(assessmentId),
                \(recommendation), \(deadline), \(cursor?.moment), \(cursor?.id), \(most)::integer)),
        page AS (SELECT id FROM found ORDER BY created_at DESC, id DESC LIMIT \(size) OFFSET \(offset))
        SELECT (SELECT count(*) FROM found) AS found, coalesce(jsonb_agg(jsonb_build_object(
            'id', i.id, 'status', status_now(i.status, i.deadline_at),
            'candidate', jsonb_build_object('id', c.id, 'name', c.name, 'email', c.email),
            'assessment', jsonb_build_object('id', a.id, 'title', a.title, 'jobTitle', a.job_title),
            'deadlineAt', i.deadline_at, 'invitationSentAt', i.invitation_sent_at, 'openedAt', i.opened_at,
            'submittedAt', i.submitted_at, 'createdAt', i.created_at,
            'questionCount', (SELECT count(*) FROM question WHERE assessment_id = i.assessment_id),
            'answerCount', (SELECT count(*) FROM video_response
                WHERE async_interview_id = i.id AND num_nonnulls(video_key, text_answer) > 0),
            'videoCount', (SELECT count(*) FROM video_response
                WHERE async_interview_id = i.id AND video_key IS NOT NULL),
            'proctorSummary', proctor_summary(i.id),
            'monitored', EXISTS (SELECT FROM proctor_log
                WHERE async_interview_id = i.id AND event_type <> 'TIME_LIMIT_EXCEEDED')
                OR EXISTS (SELECT FROM detector_watch WHERE async_interview_id = i.id AND watched_seconds > 0),
            'aiAnalysisStatus', i.ai_analysis_status,
            'recommendation', i.recommendation) ORDER BY i.created_at DESC, i.id DESC), '[]') AS interviews
        FROM page JOIN async_interview i USING (id)
        JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        """
    }
}
