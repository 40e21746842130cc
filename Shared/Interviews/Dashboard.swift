public import Endpoint
public import Postgres
public import Validation

/// What needs somebody's attention, how far invitations have come, and what is newest.
public struct Dashboard: Codable {
    public let setup: Setup
    public let attention: Attention
    public let funnel: Funnel
    /// At most 5, the one created last first; `at` is when it was.
    public let newest: [Entry]

    /// Whether there is any of what the first interview takes.
    public struct Setup: Codable {
        public let hasAssessment: Bool
        public let hasActiveAssessment: Bool
        public let hasCandidate: Bool
        public let hasSentInterview: Bool
    }

    public struct Attention: Codable {
        /// Submitted and to be scored by the caller, longest waiting first; `at` is when it was submitted.
        public let toReview: Group
        /// Scored and not decided, longest waiting first; `at` is when the review was complete.
        public let toDecide: Group
        /// Sent and not begun, with less than 48 hours left; `at` is the deadline.
        public let closing: Group
        /// Under way, with a mail to the candidate that did not arrive, last one first; `at` is when that was known.
        public let failedMails: Group
        /// Live interviews to come, or cancelled before their time, with a mail that did not arrive; `at` is
        /// when that was known.
        public let failedLiveMails: LiveGroup
        /// Submitted, and not analysed because that failed; `at` is when it was submitted.
        public let failedAnalyses: Group
        /// Created and not sent, newest first; `at` is when it was created.
        public let drafts: Group
    }

    public struct Group: Codable {
        /// At most 100: then there may be more.
        public let count: Int
        /// The first 5.
        public let interviews: [Entry]
    }

    public struct LiveGroup: Codable {
        public let count: Int
        public let interviews: [LiveEntry]
    }

    public struct LiveEntry: Codable {
        public let id: Identifier
        public let candidate: Named
        public let assessment: Named
        public let at: Timestamp
    }

    public struct Entry: Codable {
        public let id: Identifier
        public let status: InterviewStatus
        public let candidate: Named
        public let assessment: Named
        public let at: Timestamp
    }

    public struct Named: Codable {
        public let id: Identifier
        public let name: String
    }

    /// Of the invitations of the last 30 days, but the 1000 newest at most, how many came how far.
    public struct Funnel: Codable {
        public let days: Int
        public let invited: Int
        public let opened: Int
        public let started: Int
        public let submitted: Int
        public let decided: Int
    }
}

extension Dashboard {
    /// How many interviews of a kind are shown, and up to how many they are counted.
    private static let mostShown = 5
    private static let mostCounted = 100
    /// Of submitted interviews, how many are looked at for those that await the caller.
    private static let mostSearched = 1000
    private static let closingHours = 48
    private static let funnelDays = 30
    private static let mostInvited = 1000

    /// The caller's, in one statement.
    public static func read(_ session: Session) throws(Failure) -> Dashboard {
        let found: Dashboard? = try session.row(query)
        guard let found else { throw .internal("no row from an aggregate") }
        return found
    }

    private static var query: Statement {
        """
        WITH listed AS MATERIALIZED (
            (SELECT 'toReview' AS kind, id, submitted_at AS at, submitted_at AS rank FROM (
                    SELECT id, submitted_at FROM async_interview
                    WHERE status = 'SUBMITTED' ORDER BY submitted_at LIMIT \(Self.mostSearched)) submitted
                WHERE awaits_caller(id) LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'toDecide', id, coalesce(reviewed_at, updated_at), reviewed_at FROM async_interview
                WHERE status = 'REVIEWED' AND recommendation IS NULL
                ORDER BY reviewed_at LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'closing', id, deadline_at, deadline_at FROM async_interview
                WHERE status IN ('SENT', 'OPENED')
                    AND deadline_at > now() AND deadline_at <= now() + make_interval(hours => \(Self.closingHours)::integer)
                ORDER BY deadline_at LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'failedMails', i.id, max(m.updated_at), 'epoch'::timestamptz + (now() - max(m.updated_at))
                FROM (SELECT async_interview_id, updated_at FROM undelivered_mail
                    WHERE kind NOT IN ('ready-to-review', 'review-asked', 'review-ready') ORDER BY updated_at DESC LIMIT \(Self.mostSearched)) m
                JOIN async_interview i ON i.id = m.async_interview_id AND is_open(i.status, i.deadline_at)
                GROUP BY i.id LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'failedAnalyses', id, coalesce(submitted_at, updated_at), submitted_at FROM async_interview
                WHERE ai_analysis_status = 'failed' AND status IN ('SUBMITTED', 'REVIEWED') AND recommendation IS NULL
                ORDER BY submitted_at LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'drafts', id, created_at, 'epoch'::timestamptz + (now() - created_at) FROM async_interview
                WHERE status = 'DRAFT' ORDER BY created_at DESC LIMIT \(Self.mostCounted))
            UNION ALL
            (SELECT 'newest', id, created_at, 'epoch'::timestamptz + (now() - created_at) FROM async_interview
                ORDER BY created_at DESC, id DESC LIMIT \(Self.mostShown))),
        numbered AS (
            SELECT *, row_number() OVER (PARTITION BY kind ORDER BY rank, id DESC) AS place FROM listed),
        entries AS (
            SELECT n.kind, json_agg(json_build_object(
                'id', i.id, 'status', status_now(i.status, i.deadline_at),
                'candidate', json_build_object('id', c.id, 'name', c.name),
                'assessment', json_build_object('id', a.id, 'name', a.title), 'at', n.at) ORDER BY n.place) AS shown
            FROM numbered n JOIN async_interview i USING (id)
            JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
            WHERE n.place <= \(Self.mostShown) GROUP BY n.kind),
        groups AS (
            SELECT kind, json_build_object(
                'count', (SELECT count(*) FROM listed l WHERE l.kind = k.kind),
                'interviews', coalesce((SELECT shown FROM entries e WHERE e.kind = k.kind), '[]')) AS value
            FROM unnest(ARRAY['toReview', 'toDecide', 'closing', 'failedMails', 'failedAnalyses', 'drafts']) AS k(kind)),
        live AS (
            SELECT i.id, i.candidate_id, i.assessment_id, max(m.updated_at) AS at,
                row_number() OVER (ORDER BY max(m.updated_at) DESC, i.id) AS place
            FROM (SELECT interview_id, updated_at FROM undelivered_mail
                WHERE interview_id IS NOT NULL ORDER BY updated_at DESC LIMIT \(Self.mostSearched)) m
            JOIN interview i ON i.id = m.interview_id AND i.status IN ('SCHEDULED', 'CANCELLED') AND i.scheduled_at > now()
            GROUP BY i.id ORDER BY at DESC LIMIT \(Self.mostCounted)),
        invited AS MATERIALIZED (
            SELECT opened_at, started_at, submitted_at, recommendation FROM async_interview
            WHERE invitation_sent_at > now() - make_interval(days => \(Self.funnelDays)::integer)
            ORDER BY invitation_sent_at DESC LIMIT \(Self.mostInvited))
        SELECT json_build_object(
                'hasAssessment', EXISTS (SELECT FROM assessment),
                'hasActiveAssessment', EXISTS (SELECT FROM assessment WHERE status = 'ACTIVE'),
                'hasCandidate', EXISTS (SELECT FROM candidate),
                'hasSentInterview', EXISTS (SELECT FROM async_interview WHERE invitation_sent_at IS NOT NULL)) AS setup,
            (SELECT jsonb_object_agg(kind, value) FROM groups) || jsonb_build_object('failedLiveMails', jsonb_build_object(
                'count', (SELECT count(*) FROM live),
                'interviews', (SELECT coalesce(jsonb_agg(jsonb_build_object(
                    'id', l.id, 'candidate', jsonb_build_object('id', c.id, 'name', c.name),
                    'assessment', jsonb_build_object('id', a.id, 'name', a.title), 'at', l.at) ORDER BY l.place), '[]')
                    FROM live l JOIN candidate c ON c.id = l.candidate_id JOIN assessment a ON a.id = l.assessment_id
                    WHERE l.place <= \(Self.mostShown)))) AS attention,
            (SELECT json_build_object('days', \(Self.funnelDays)::integer, 'invited', count(*), 'opened', count(opened_at),
                'started', count(started_at), 'submitted', count(submitted_at), 'decided', count(recommendation))
                FROM invited) AS funnel,
            coalesce((SELECT shown FROM entries WHERE kind = 'newest'), '[]') AS newest
        """
    }
}
