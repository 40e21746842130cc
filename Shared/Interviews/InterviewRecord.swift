public import JSON
public import Postgres
public import Storage
public import Validation

/// One interview with everything about it, as the review page shows it.
public struct InterviewRecord: Codable {
    public let id: Identifier
    public let status: InterviewStatus
    public let timeLimitSeconds: Int
    public let thinkTimeSeconds: Int
    public let retakePolicy: RetakePolicy
    public let deadlineAt: Timestamp
    public let introMessage: String?
    public let outroMessage: String?
    public let invitationEmail: String
    public let invitationSentAt: Timestamp?
    public let openedAt: Timestamp?
    public let startedAt: Timestamp?
    public let submittedAt: Timestamp?
    public let lastActiveAt: Timestamp?
    public let reviewedAt: Timestamp?
    public let reviewedBy: Person?
    public let recommendation: Recommendation?
    /// Why this recommendation.
    public let reason: String?
    public let recruiterNotes: String?
    /// The version of the recommendation and the notes: when they changed last.
    public let decisionUpdatedAt: Timestamp?
    public let aiAnalysisStatus: ProcessingStatus
    public let aiAnalyzedAt: Timestamp?
    public let cancelledAt: Timestamp?
    /// The version of what is configured: when it changed last.
    public let configuredAt: Timestamp
    public let createdAt: Timestamp
    public let linkedInterviewId: Identifier?
    public private(set) var candidateURL: String
    public let candidate: Candidate
    public let assessment: Assessment
    public let questions: [AskedQuestion]
    public private(set) var videoResponses: [VideoResponse]
    public let proctorLogs: [ProctorEvent]
    public let proctorSummary: ProctorSummary
    public let monitoring: Monitoring
    /// Every choice that the candidate made here, oldest first; none when consent was asked elsewhere.
    public let consents: [ConsentReceipt]
    /// Of each answer the caller's own, and everybody's once the caller has scored it.
    public let evaluations: [Evaluation]
    /// What was suggested when an answer was scored, oldest first; as blind as the evaluations.
    public let scoreLedger: [LedgerEntry]
    /// Those who were asked to review, and whoever did besides.
    public let reviewers: [Reviewer]
    /// Whether the caller may say who is asked, and delete the interview.
    public let mayAssignReviewers: Bool
    /// The scores combined; null until the caller has scored every answer.
    public private(set) var decision: CombinedDecision?
    /// Every decision with its reason, oldest first.
    public let decisionLedger: [DecisionEntry]
    public let insightSummary: InsightSummary

    public struct Candidate: Codable {
        public let id: Identifier
        public let name: String
        public let email: String
        public let phone: String?
        public let pipelineStage: String
    }

    public struct Assessment: Codable {
        public let id: Identifier
        public let title: String
        public let jobTitle: String
    }

    public struct VideoResponse: Codable {
        public let id: Identifier
        public let questionId: Identifier
        public let status: ResponseStatus
        /// The stored object's key as the database gives it; then signed, and good for
        /// ``LocalStore/playbackLifetime``.
        public fileprivate(set) var videoUrl: String?
        public fileprivate(set) var videoUrlExpiresAt: Timestamp?
        public let mimeType: String?
        public let durationSeconds: Int?
        public let fileSizeBytes: Int?
        /// When the recording was deleted for good, with what was made from it; null while there is one.
        public let recordingDeletedAt: Timestamp?
        /// At most what the policy allows: an accommodation is no business of those who score.
        public let takeNumber: Int
        public let retakesUsed: Int
        /// What was written; null for an answer on video.
        public let textAnswer: String?
        /// What was said, or the written answer itself.
        public let transcript: String?
        public let transcriptStatus: ProcessingStatus
        /// Why there is no transcript, or why its analysis waits.
        public let transcriptProblem: TranscriptProblem?
        /// What else is to be known about it.
        public let transcriptRemarks: [TranscriptProblem]
        /// Words that the engine wrote and nobody can have said: not in the transcript.
        public let transcriptRemoved: [RemovedText]
        public let transcriptWords: [Word]
        public let aiInsights: AnyJSON?
        public let analysisStatus: ProcessingStatus
        /// Since when its transcription or its analysis waits for an AI service that does not answer.
        public let waitingSince: Timestamp?
        /// When it was last asked to be analysed once more, while that is under way.
        public let analysisRequestedAt: Timestamp?
        /// How many others have scored it.
        public let othersScored: Int
        /// Whether the caller has yet to score it, and is not shown what the others gave and wrote.
        public let isBlind: Bool
        /// All reviewers' scores combined, and the notes saved last; null while it is blind.
        public let recruiterScore: Int?
        public let recruiterNotes: String?
        public let submittedAt: Timestamp?
    }

    public struct TranscriptProblem: Codable {
        /// Such as SILENCE, MUSIC or CORRUPT_FILE.
        public let code: String
        public let message: String
        /// Where others than the main voice are heard; null where that is not the problem.
        public let voices: Voices?
    }

    public struct Voices: Codable {
        /// At least so many.
        public let count: Int
        public let othersSeconds: Double
        /// Of all that is spoken, 0 to 1.
        public let othersShare: Double
        public let others: [Stretch]
        /// The model that told the voices apart.
        public let engine: String
    }

    /// Of a recording, in seconds.
    public struct Stretch: Codable {
        public let start: Double
        public let end: Double
    }

    public struct RemovedText: Codable {
        public let text: String
        public let start: Double
        public let end: Double
        public let wordCount: Int
        /// OUTSIDE_SPEECH, LOOP or IMPROBABLE.
        public let reason: String
    }

    public struct Word: Codable {
        public let text: String
        public let start: Double
        public let end: Double
        public let confidence: Double
    }

    public struct ProctorEvent: Codable {
        public let id: Identifier
        public let questionId: Identifier?
        public let eventType: ProctorEventType
        public let severity: Severity
        public let metadata: AnyJSON?
        /// By the clock of the candidate's device, within the interview's span.
        public let occurredAt: Timestamp
        public let receivedAt: Timestamp
    }

    /// How well the interview was watched: what no detector watched is unknown, not clean.
    public struct Monitoring: Codable {
        public let detectors: [Detector]
        /// The numbers of events that the pages counted and never got here; the first hundred.
        public let gaps: [Int]
        public let missingEvents: Int
    }

    public struct Detector: Codable {
        public let name: String
        public let watchedSeconds: Double
        /// Why it did not watch, or not always.
        public let unavailable: String?
    }

    public enum Severity: String, Choice {
        case critical, warning, info
    }

    public struct LedgerEntry: Codable {
        public let questionId: Identifier
        public let evaluatorId: Identifier
        public let evaluatorName: String
        public let suggested: Int?
        public let engineName: String?
        public let engineVersion: String?
        public let given: Int
        public let reason: String?
        public let createdAt: Timestamp
    }

    public struct DecisionEntry: Codable {
        /// Null when the review was reopened.
        public let recommendation: Recommendation?
        public let reason: String?
        public let decidedBy: Person
        public let createdAt: Timestamp
    }

    public struct Evaluation: Codable {
        public let id: Identifier
        public let evaluatorId: Identifier
        public let evaluatorName: String
        public let questionId: Identifier
        public let score: Int
        public let notes: String?
        public let updatedAt: Timestamp
    }

    /// The engine's suggestions, averaged; null where it suggested nothing. They are no part of `decision`.
    public struct InsightSummary: Codable {
        public let overallScore: Double?
        public let answers: Int
        /// How many of the answers have a score.
        public let scored: Int
        /// Of these scores.
        public let lowest: Int?
        public let highest: Int?
        public let competencies: [CompetencyScore]
    }

    public struct CompetencyScore: Codable {
        public let competency: String
        public let averageScore: Double?
        public let answers: Int
        public let scored: Int
        public let lowest: Int?
        public let highest: Int?
    }
}

/// A JSON value that is passed on as it is.
public struct AnyJSON: Wrapper {
    public let value: JSON

    public init(_ value: JSON) { self.value = value }

    public init(from decoder: any Decoder) throws {
        guard let input = decoder as? InputDecoder else { throw Refusal("can only be read from JSON") }
        value = input.json
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self([:]) }
    public static var schema: JSON { [:] }
}

extension InterviewRecord {
    /// Adds what only this installation knows: the candidate's link, and addresses to play from.
    public mutating func address(with store: BlobStore, candidateURL: String) {
        self.candidateURL = candidateURL
        for index in videoResponses.indices {
            guard let key = videoResponses[index].videoUrl else { continue }
            let playback = store.playbackURL(of: key)
            videoResponses[index].videoUrl = playback.url
            videoResponses[index].videoUrlExpiresAt = playback.expires
        }
    }

    /// Combines the scores, if the caller may see them all.
    public mutating func combine() {
        guard !videoResponses.isEmpty, videoResponses.allSatisfy({ !$0.isBlind }) else { return }
        decision = CombinedDecision(of: evaluations, questions: questions)
    }

    /// Reads one interview in one statement: no row when it is not the caller's organisation's.
    public static func query(_ id: Identifier) -> Statement {
        """
        SELECT i.id, status_now(i.status, i.deadline_at) AS status, i.time_limit_seconds, i.think_time_seconds,
            i.retake_policy, i.deadline_at, i.intro_message, i.outro_message, i.invitation_email, i.invitation_sent_at,
            i.opened_at, i.started_at, i.submitted_at, i.last_active_at, i.reviewed_at, i.recommendation,
            (SELECT json_build_object('id', u.id, 'name', u.name) FROM account u WHERE u.id = i.reviewed_by_id) AS reviewed_by,
            CASE WHEN i.recommendation IS NOT NULL THEN decision_reason(i.id) END AS reason,
            i.decision_updated_at, i.recruiter_notes, i.ai_analysis_status, i.ai_analyzed_at, i.cancelled_at, i.configured_at,
            i.created_at, l.id AS linked_interview_id,
            '' AS "candidateURL",
        json_build_object('id', c.id, 'name', c.name, 'email', c.email, 'phone', c.phone,
            'pipelineStage', c.pipeline_stage) AS candidate,
        json_build_object('id', a.id, 'title', a.title, 'jobTitle', a.job_title) AS assessment,
        (SELECT coalesce(json_agg(json_build_object(
                'id', q.id, 'position', q.position, 'content', q.content, 'type', q.type, 'weight', q.weight,
                'competency', json_build_object('id', k.id, 'name', k.name, 'description', k.description),
                'rubricLevels', (SELECT coalesce(json_agg(json_build_object(
                        'level', r.level, 'label', r.label, 'description', r.description,
                        'behavioralAnchors', r.behavioral_anchors) ORDER BY r.level), '[]')
                    FROM rubric_level r WHERE r.question_id = q.id)) ORDER BY q.position), '[]')
            FROM question q JOIN competency k ON k.id = q.competency_id
            WHERE q.assessment_id = i.assessment_id) AS questions,
        (SELECT coalesce(json_agg(json_build_object(
                'id', v.id, 'questionId', v.question_id, 'status', v.status, 'videoUrl', b.key,
                'mimeType', b.content_type, 'durationSeconds', v.duration_seconds,
                'fileSizeBytes', b.size_bytes, 'recordingDeletedAt', v.recording_deleted_at, 'takeNumber', least(v.take_number, retakes_allowed(i.retake_policy) + 1),
                'retakesUsed', least(v.retakes_used, retakes_allowed(i.retake_policy)),
                'textAnswer', v.text_answer, 'transcript', coalesce(v.transcript, v.text_answer),
                'transcriptStatus', CASE WHEN given_up AND v.transcript_status <> 'complete' THEN 'failed' ELSE v.transcript_status END,
                'transcriptProblem', v.transcript_problem,
                'transcriptRemarks', coalesce(nullif(v.transcript_data -> 'remarks', 'null'), '[]'),
                'transcriptRemoved', coalesce(nullif(v.transcript_data -> 'removed', 'null'), '[]'),
                'transcriptWords', coalesce(v.transcript_data -> 'words', '[]'), 'aiInsights', v.ai_insights,
                'analysisStatus', CASE WHEN given_up THEN 'failed' ELSE v.analysis_status END,
                'waitingSince', (SELECT min(w.since) FROM ai_wait w WHERE w.subject = v.id
                    AND v.analysis_status = 'pending' AND NOT given_up AND w.purpose IN ('transcription', 'rating')),
                'analysisRequestedAt', (SELECT max(a.created_at) FROM analysis_request a WHERE a.video_response_id = v.id
                    AND a.failure IS NULL AND NOT EXISTS (SELECT FROM analysis_result r WHERE r.request_id = a.id)),
                'othersScored', (SELECT count(*) FROM evaluation e WHERE e.interview_id = l.id
                    AND e.question_id = v.question_id AND e.evaluator_id <> caller_account()),
                'isBlind', NOT own.scored,
                'recruiterScore', CASE WHEN own.scored THEN v.recruiter_score END,
                'recruiterNotes', CASE WHEN own.scored THEN v.recruiter_notes END,
                'submittedAt', v.submitted_at) ORDER BY q.position), '[]')
            FROM video_response v JOIN question q ON q.id = v.question_id LEFT JOIN blob b ON b.key = v.video_key
            CROSS JOIN LATERAL (SELECT has_scored(l.id, v.question_id) AS scored,
                i.ai_analysis_status = 'failed' AND v.analysis_status = 'pending' AS given_up) own
            WHERE v.async_interview_id = i.id) AS video_responses,
        (SELECT coalesce(json_agg(json_build_object(
                'id', p.id, 'questionId', p.question_id, 'eventType', p.event_type, 'severity', p.severity,
                'metadata', p.metadata, 'occurredAt', p.occurred_at, 'receivedAt', p.received_at)
                ORDER BY p.occurred_at, p.id), '[]')
            FROM proctor_event p WHERE p.async_interview_id = i.id) AS proctor_logs,
        proctor_summary(i.id) AS proctor_summary, monitoring(i.id) AS monitoring, consent_receipts(i.id) AS consents,
        (SELECT coalesce(json_agg(json_build_object(
                'id', e.id, 'evaluatorId', e.evaluator_id, 'evaluatorName', u.name, 'questionId', e.question_id,
                'score', e.score, 'notes', e.notes, 'updatedAt', e.updated_at) ORDER BY e.updated_at, e.question_id), '[]')
            FROM evaluation e JOIN account u ON u.id = e.evaluator_id
            WHERE e.interview_id = l.id AND has_scored(l.id, e.question_id)) AS evaluations,
        (SELECT coalesce(json_agg(json_build_object(
                'questionId', s.question_id, 'evaluatorId', s.evaluator_id, 'evaluatorName', u.name,
                'suggested', s.suggested, 'engineName', s.engine_name, 'engineVersion', s.engine_version,
                'given', s.given, 'reason', s.reason, 'createdAt', s.created_at) ORDER BY s.created_at), '[]')
            FROM score_ledger s JOIN account u ON u.id = s.evaluator_id
            WHERE s.async_interview_id = i.id AND has_scored(l.id, s.question_id)) AS score_ledger,
        reviewers(i.id) AS reviewers, runs_interview(i.id) AS may_assign_reviewers,
        (SELECT coalesce(json_agg(json_build_object(
                'recommendation', d.recommendation, 'reason', d.reason, 'createdAt', d.created_at,
                'decidedBy', json_build_object('id', u.id, 'name', u.name)) ORDER BY d.created_at), '[]')
            FROM decision_ledger d JOIN account u ON u.id = d.account_id WHERE d.async_interview_id = i.id) AS decision_ledger,
        coalesce(i.ai_summary, ai_summary(i.id)) AS insight_summary
        FROM async_interview i
        JOIN candidate c ON c.id = i.candidate_id JOIN assessment a ON a.id = i.assessment_id
        LEFT JOIN interview l ON l.async_interview_id = i.id
        WHERE i.id = \(id)
        """
    }
}
