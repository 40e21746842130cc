public import Endpoint
public import Interviews
public import Postgres
public import Validation

/// An assessment with its questions and what the lint finds in it, as people write and read it.
public struct AssessmentRecord: Codable, Sendable {
    public let id: Identifier
    public let title: String
    public let jobTitle: String
    public let description: String
    public let status: AssessmentStatus
    /// One more with every change; a change has to name the version that it was made from.
    public let version: Int
    /// Whether somebody was asked these questions: they stay as they are from then on.
    public let isSent: Bool
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
    public let questions: [AskedQuestion]
    public private(set) var findings: [Finding]

    /// The columns of one assessment, without findings.
    static func query(_ id: Identifier) -> Statement {
        """
        SELECT a.id, a.title, a.job_title, a.description, a.status, a.version, is_sent(a.id), a.created_at, a.updated_at,
            (SELECT coalesce(json_agg(json_build_object(
                    'id', q.id, 'position', q.position, 'content', q.content, 'type', q.type, 'weight', q.weight,
                    'competency', json_build_object('id', k.id, 'name', k.name, 'description', k.description),
                    'rubricLevels', (SELECT coalesce(json_agg(json_build_object(
                            'level', r.level, 'label', r.label, 'description', r.description,
                            'behavioralAnchors', r.behavioral_anchors) ORDER BY r.level), '[]')
                        FROM rubric_level r WHERE r.question_id = q.id)) ORDER BY q.position), '[]')
                FROM question q JOIN competency k ON k.id = q.competency_id
                WHERE q.assessment_id = a.id) AS questions,
            '[]'::json AS findings
        FROM assessment a WHERE a.id = \(id)
        """
    }

    /// - Parameter timing: what the lint takes for the times of an interview.
    public static func read(
        _ id: Identifier, timing: Timing = .usual, _ session: Session
    ) throws(Failure) -> AssessmentRecord {
        try found(try session.row(query(id)), timing: timing)
    }

    /// As it stands in the transaction.
    public static func read(_ id: Identifier, _ transaction: Transaction) throws(Failure) -> AssessmentRecord {
        try found(try transaction.row(query(id)), timing: .usual)
    }

    private static func found(_ record: AssessmentRecord?, timing: Timing) throws(Failure) -> AssessmentRecord {
        guard var record else { throw .notFound("assessment") }
        record.findings = Lint.findings(in: record.questions, timing: timing)
        return record
    }
}

extension AssessmentRecord {
    /// Makes everybody else who would change the assessment wait, or send it.
    public static func lock(_ id: Identifier, _ transaction: Transaction) {
        transaction.queue("SELECT FROM assessment WHERE id = \(id) FOR UPDATE")
    }

    /// Moves an assessment to another status.
    /// - Throws: `CONFLICT` for a transition that is not legal, and for the activation of what cannot be asked.
    public static func move(
        _ id: Identifier, to status: AssessmentStatus, _ session: Session
    ) throws(Failure) -> AssessmentRecord {
        try session.transaction { transaction throws(Failure) in
            lock(id, transaction)
            let record = try read(id, transaction)
            try record.status.check(transitionTo: status)
            if status == .active { try record.checkComplete() }
            transaction.queue(
                """
                UPDATE assessment SET status = \(status), version = version + 1, updated_at = now() WHERE id = \(id)
                """)
            return try read(id, transaction)
        }
    }

    /// Refuses to ask what has no questions, or one without a rubric that answers could be scored by.
    public func checkComplete() throws(Failure) {
        let missing = findings.filter(\.code.preventsActivation)
        guard missing.isEmpty else {
            throw .conflict("An active assessment has to be complete. \(missing.map(\.message).joined(separator: " "))")
        }
    }
}
