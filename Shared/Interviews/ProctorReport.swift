public import Postgres
public import Validation

/// What was noticed around an interview's answers, grouped by kind and question: requirement
/// "async", section 5. The events themselves stay whatever a reviewer makes of them.
public struct ProctorReport: Codable {
    public let totalEvents: Int
    public let severityBreakdown: Severities
    /// The severest first.
    public let events: [Group]
    /// Exactly as the rules say, from every event.
    public let overallRiskLevel: ProctorSummary.RiskLevel
    /// The same by the same rules from those events that no reviewer has dismissed.
    public let afterDismissals: Remainder
    /// What was watched, and what events never arrived: what nobody watched is unknown, not clean.
    public let monitoring: InterviewRecord.Monitoring
    /// All that reviewers made of it, oldest first.
    public let dispositions: [Entry]

    public struct Severities: Codable {
        public let critical: Int
        public let warning: Int
        public let info: Int
    }

    public struct Remainder: Codable {
        public let totalEvents: Int
        public let severityBreakdown: Severities
        public let overallRiskLevel: ProctorSummary.RiskLevel
    }

    public struct Group: Codable {
        public let eventType: ProctorEventType
        public let severity: InterviewRecord.Severity
        public let count: Int
        public let firstOccurrence: Timestamp
        public let lastOccurrence: Timestamp
        /// Null for what happened between questions.
        public let questionId: Identifier?
        /// What the pages noted of each of the events, in their order; nothing for those without.
        public let metadata: [AnyJSON]
        /// The newest that was given after all of these events had been received; null when there is none.
        public let disposition: Entry?
    }

    public struct Entry: Codable {
        public let eventType: ProctorEventType
        public let questionId: Identifier?
        public let disposition: Disposition
        public let reason: String
        public let by: Person
        public let createdAt: Timestamp
    }

    /// Whether these events belong to a group of the report.
    public func holds(_ type: ProctorEventType, in question: Identifier?) -> Bool {
        events.contains { $0.eventType == type && $0.questionId == question }
    }
}

/// What a reviewer makes of events: they tell something, or they had a harmless cause.
public enum Disposition: String, Choice {
    case confirmed = "CONFIRMED"
    case dismissed = "DISMISSED"
}

extension ProctorReport {
    /// Reads one interview's report in one statement: no row when it is not the caller's organisation's.
    public static func query(_ id: Identifier) -> Statement {
        """
        WITH groups AS (
            SELECT event_type, question_id, min(severity) AS severity, count(*) AS count,
                min(occurred_at) AS first, max(occurred_at) AS last, max(received_at) AS received,
                coalesce(json_agg(metadata ORDER BY occurred_at, id) FILTER (WHERE metadata IS NOT NULL), '[]') AS metadata
            FROM proctor_event WHERE async_interview_id = \(id) GROUP BY event_type, question_id),
        given AS (
            SELECT d.event_type, d.question_id, d.created_at, json_build_object(
                'eventType', d.event_type, 'questionId', d.question_id, 'disposition', d.disposition, 'reason', d.reason,
                'by', json_build_object('id', a.id, 'name', a.name), 'createdAt', d.created_at) AS entry
            FROM proctor_disposition d JOIN account a ON a.id = d.account_id WHERE d.async_interview_id = \(id)),
        counted AS (
            SELECT coalesce(sum(count), 0) AS total,
                coalesce(sum(count) FILTER (WHERE severity = 'critical'), 0)::bigint AS critical,
                coalesce(sum(count) FILTER (WHERE severity = 'warning'), 0)::bigint AS warning,
                coalesce(sum(count) FILTER (WHERE severity = 'info'), 0)::bigint AS info FROM groups),
        standing AS (
            SELECT count(*) AS total, count(*) FILTER (WHERE severity = 'critical') AS critical,
                count(*) FILTER (WHERE severity = 'warning') AS warning, count(*) FILTER (WHERE severity = 'info') AS info
            FROM standing_events(\(id)))
        SELECT c.total AS total_events,
            json_build_object('critical', c.critical, 'warning', c.warning, 'info', c.info) AS severity_breakdown,
            risk_level(c.critical, c.warning, c.info) AS overall_risk_level,
            json_build_object('totalEvents', s.total,
                'severityBreakdown', json_build_object('critical', s.critical, 'warning', s.warning, 'info', s.info),
                'overallRiskLevel', risk_level(s.critical, s.warning, s.info)) AS after_dismissals,
            (SELECT coalesce(json_agg(json_build_object(
                    'eventType', g.event_type, 'severity', g.severity, 'count', g.count, 'firstOccurrence', g.first,
                    'lastOccurrence', g.last, 'questionId', g.question_id, 'metadata', g.metadata,
                    'disposition', (SELECT n.entry FROM given n
                        WHERE n.event_type = g.event_type AND n.question_id IS NOT DISTINCT FROM g.question_id
                            AND n.created_at >= g.received ORDER BY n.created_at DESC LIMIT 1))
                    ORDER BY array_position(ARRAY['critical', 'warning', 'info'], g.severity), g.first, g.event_type), '[]')
                FROM groups g) AS events,
            monitoring(i.id) AS monitoring,
            (SELECT coalesce(json_agg(entry ORDER BY created_at), '[]') FROM given) AS dispositions
        FROM async_interview i, counted c, standing s WHERE i.id = \(id)
        """
    }
}
