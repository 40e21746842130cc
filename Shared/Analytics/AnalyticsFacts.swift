import Postgres
import Validation

/// What the database counts for ``Analytics``.
struct AnalyticsFacts: Decodable {
    let invited: Int
    let opened: Int
    let started: Int
    let submitted: Int
    let reviewed: Int
    let decided: Int
    let timeToSubmission: Quantiles
    let timeToDecision: Quantiles
    let questions: [Question]
    let leftBeforeSubmitting: Int
    let deviceChecks: DeviceChecks
    let competencies: [Competency]
    let differences: [Analytics.Difference]
    let reviewers: [Analytics.Load]
    let losses: [Loss]
    let live: Live

    struct Quantiles: Decodable {
        let count: Int
        let median: Double?
        let p90: Double?
    }

    struct Question: Decodable {
        let position: Int
        let content: String?
        let reached: Int
        let left: Int
    }

    struct DeviceChecks: Decodable {
        let interviews: Int
        let withProblems: Int
        let unsolved: Int
        let problems: [Analytics.Problem]
    }

    struct Competency: Decodable {
        let id: Identifier
        let name: String
        let counts: [Int]
    }

    struct Loss: Decodable {
        let reason: Analytics.Reason
        let count: Int
    }

    struct Live: Decodable {
        let scheduled: Int
        let completed: Int
        let noShow: Int
        let cancelled: Int
    }

    /// Deleted interviews are counted by the day on which they were sent, as far as counts tell. The cohort is found by an index, and all else by the interviews' ids. An interview that is over has expired or was cancelled or submitted; who is
    /// still under way has not left. `OFFSET 0` has each interview's rows looked up by its id: the
    /// planner cannot know how little of the large tables a period is about.
    static func query(from: Timestamp, to: Timestamp, assessment: Identifier?, most: Int) -> Statement {
        """
        WITH cohort AS MATERIALIZED (
            SELECT id, assessment_id, status_now(status, deadline_at) AS status, invitation_sent_at, opened_at, started_at,
                submitted_at, reviewed_at, recommendation
            FROM sent_interviews(\(from), \(to), \(assessment), \(most)::integer)),
        decided AS (
            SELECT (SELECT max(d.created_at) FROM decision_ledger d
                WHERE d.async_interview_id = c.id AND d.recommendation IS NOT NULL) - c.invitation_sent_at AS took
            FROM cohort c WHERE c.recommendation IS NOT NULL),
        ended AS (
            SELECT assessment_id, NULL::integer AS stopped, count(*) AS many FROM cohort
            WHERE submitted_at IS NOT NULL GROUP BY 1
            UNION ALL
            SELECT assessment_id, coalesce((
                SELECT min(q.position) FROM question q WHERE q.assessment_id = c.assessment_id AND NOT EXISTS (
                    SELECT FROM video_response v
                    WHERE v.async_interview_id = c.id AND v.question_id = q.id AND v.status = 'SUBMITTED')), 0), count(*)
            FROM cohort c WHERE started_at IS NOT NULL AND submitted_at IS NULL AND status IN ('EXPIRED', 'CANCELLED') GROUP BY 1, c.id),
        checked AS (
            SELECT d.async_interview_id AS interview, d.verdict -> 'problems' AS problems,
                row_number() OVER (PARTITION BY d.async_interview_id ORDER BY d.begun_at DESC, d.id DESC) AS place
            FROM cohort c CROSS JOIN LATERAL (SELECT id, async_interview_id, begun_at, verdict FROM device_check k WHERE k.async_interview_id = c.id OFFSET 0) d
            WHERE d.verdict IS NOT NULL),
        scored AS MATERIALIZED (
            SELECT c.id AS interview, c.status = 'REVIEWED' AS is_finished, e.evaluator_id, e.question_id, e.score
            FROM cohort c CROSS JOIN LATERAL (
                SELECT v.evaluator_id, v.question_id, v.score FROM interview l JOIN evaluation v ON v.interview_id = l.id
                WHERE l.async_interview_id = c.id OFFSET 0) e
            WHERE c.status IN ('SUBMITTED', 'REVIEWED')),
        compared AS (
            SELECT s.difference FROM cohort c CROSS JOIN LATERAL (
                SELECT DISTINCT ON (g.question_id, g.evaluator_id) g.given - g.suggested AS difference FROM score_ledger g
                WHERE g.async_interview_id = c.id ORDER BY g.question_id, g.evaluator_id, g.created_at DESC OFFSET 0) s
            WHERE c.status = 'REVIEWED'),
        own AS (SELECT evaluator_id, interview, count(*) AS many FROM scored GROUP BY 1, 2),
        waiting AS (
            SELECT r.account_id, c.id AS interview
            FROM cohort c CROSS JOIN LATERAL (SELECT account_id FROM reviewer a WHERE a.async_interview_id = c.id OFFSET 0) r
            LEFT JOIN own o ON o.interview = c.id AND o.evaluator_id = r.account_id
            WHERE c.status = 'SUBMITTED' AND coalesce(o.many, 0) < (
                SELECT count(*) FROM video_response v WHERE v.async_interview_id = c.id)),
        load AS (
            SELECT account, sum(many) AS scores, sum(begun) AS interviews, sum(open) AS waiting FROM (
                SELECT evaluator_id AS account, many, 1 AS begun, 0 AS open FROM own
                UNION ALL SELECT account_id, 0, 0, 1 FROM waiting) each GROUP BY account),
        lost AS (
            SELECT CASE
                WHEN status = 'CANCELLED' THEN 'CANCELLED' WHEN started_at IS NOT NULL THEN 'EXPIRED_UNFINISHED'
                WHEN opened_at IS NOT NULL THEN 'EXPIRED_UNSTARTED'
                WHEN EXISTS (SELECT FROM undelivered_mail m WHERE m.async_interview_id = c.id AND m.kind = 'invitation') THEN 'NOT_DELIVERED'
                ELSE 'EXPIRED_UNOPENED' END AS reason
            FROM cohort c WHERE status IN ('EXPIRED', 'CANCELLED') AND submitted_at IS NULL),
        tallied AS (
            SELECT reached, ended, sum(many) AS many FROM interview_tally
            WHERE day BETWEEN \(from)::timestamptz::date AND \(to)::timestamptz::date
                AND (\(assessment) IS NULL OR assessment_id = \(assessment)) GROUP BY 1, 2),
        deleted AS (
            SELECT coalesce(sum(many), 0)::bigint AS invited,
                coalesce(sum(many) FILTER (WHERE reached <> 'invited'), 0)::bigint AS opened,
                coalesce(sum(many) FILTER (WHERE reached IN ('started', 'submitted', 'reviewed', 'decided')), 0)::bigint AS started,
                coalesce(sum(many) FILTER (WHERE reached IN ('submitted', 'reviewed', 'decided')), 0)::bigint AS submitted,
                coalesce(sum(many) FILTER (WHERE reached IN ('reviewed', 'decided')), 0)::bigint AS reviewed,
                coalesce(sum(many) FILTER (WHERE reached = 'decided'), 0)::bigint AS decided
            FROM tallied WHERE reached <> 'live')
        SELECT count(cohort.id) + min(deleted.invited) AS invited, count(opened_at) + min(deleted.opened) AS opened,
            count(started_at) + min(deleted.started) AS started, count(submitted_at) + min(deleted.submitted) AS submitted,
            count(reviewed_at) + min(deleted.reviewed) AS reviewed, count(recommendation) + min(deleted.decided) AS decided,
            json_build_object('count', count(submitted_at),
                'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM submitted_at - invitation_sent_at)),
                'p90', percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM submitted_at - invitation_sent_at))) AS time_to_submission,
            (SELECT json_build_object('count', count(took), 'median', percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM took)),
                'p90', percentile_cont(0.9) WITHIN GROUP (ORDER BY extract(epoch FROM took))) FROM decided) AS time_to_decision,
            (SELECT coalesce(json_agg(json_build_object(
                'position', position, 'content', content, 'reached', reached, 'left', "left") ORDER BY position), '[]')
                FROM (SELECT q.position, CASE WHEN \(assessment) IS NOT NULL THEN min(q.content) END AS content,
                        coalesce(sum(many) FILTER (WHERE coalesce(stopped, 0) = 0 OR stopped >= q.position), 0) AS reached,
                        coalesce(sum(many) FILTER (WHERE stopped = q.position), 0) AS "left"
                    FROM ended e JOIN question q USING (assessment_id) GROUP BY q.position) by_place) AS questions,
            (SELECT coalesce(sum(many), 0) FROM ended WHERE stopped = 0) AS left_before_submitting,
            (SELECT json_build_object('interviews', count(DISTINCT interview),
                'withProblems', count(DISTINCT interview) FILTER (WHERE problems <> '[]'),
                'unsolved', count(*) FILTER (WHERE place = 1 AND problems <> '[]'),
                'problems', (SELECT coalesce(json_agg(json_build_object('problem', problem, 'interviews', many) ORDER BY many DESC, problem), '[]')
                    FROM (SELECT problem, count(DISTINCT interview) AS many
                        FROM checked, jsonb_array_elements_text(problems) AS problem GROUP BY problem) found)) FROM checked) AS device_checks,
            (SELECT coalesce(json_agg(json_build_object('id', id, 'name', name, 'counts', json_build_array(one, two, three, four, five)) ORDER BY name), '[]')
                FROM (SELECT k.id, k.name, count(*) FILTER (WHERE score = 1) AS one, count(*) FILTER (WHERE score = 2) AS two,
                        count(*) FILTER (WHERE score = 3) AS three, count(*) FILTER (WHERE score = 4) AS four, count(*) FILTER (WHERE score = 5) AS five
                    FROM scored s JOIN question q ON q.id = s.question_id JOIN competency k ON k.id = q.competency_id
                    WHERE s.is_finished GROUP BY k.id, k.name) by_competency) AS competencies,
            (SELECT coalesce(json_agg(json_build_object('difference', difference, 'count', many)), '[]')
                FROM (SELECT difference, count(*) AS many FROM compared WHERE difference IS NOT NULL GROUP BY difference) counted) AS differences,
            (SELECT coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'scores', scores, 'interviews', interviews, 'waiting', waiting)
                ORDER BY scores DESC, a.name, a.id), '[]') FROM load JOIN account a ON a.id = load.account) AS reviewers,
            (SELECT coalesce(json_agg(json_build_object('reason', reason, 'count', many)), '[]')
                FROM (SELECT reason, sum(many) AS many FROM (
                        SELECT reason, 1 AS many FROM lost
                        UNION ALL SELECT ended, many FROM tallied WHERE reached <> 'live' AND ended <> '') each GROUP BY reason) counted) AS losses,
            (SELECT json_build_object('scheduled', coalesce(sum(many), 0),
                'completed', coalesce(sum(many) FILTER (WHERE status = 'COMPLETED'), 0),
                'noShow', coalesce(sum(many) FILTER (WHERE status = 'NO_SHOW'), 0),
                'cancelled', coalesce(sum(many) FILTER (WHERE status = 'CANCELLED'), 0))
                FROM (SELECT status, 1 AS many FROM interview
                        WHERE async_interview_id IS NULL AND scheduled_at >= \(from) AND scheduled_at < \(to)
                            AND (\(assessment) IS NULL OR assessment_id = \(assessment))
                    UNION ALL SELECT ended, many FROM tallied WHERE reached = 'live') each) AS live
        FROM deleted LEFT JOIN cohort ON true
        """
    }
}
