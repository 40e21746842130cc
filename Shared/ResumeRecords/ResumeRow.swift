import Documents
import Endpoint
import Interviews
import JSON
import Models
import Postgres
import Resumes
import Validation

/// A version with its newest reading, as the database has them.
struct ResumeRow: Decodable {
    let candidateId: Identifier
    let version: Int
    let status: ResumeStatus
    let problem: String?
    let kind: ResumeKind
    let fileName: String?
    let sizeBytes: Int
    let createdAt: Timestamp
    let uploadedBy: Person
    let document: DocumentText?
    let analysisId: Identifier?
    let analyzedAt: Timestamp?
    let reading: ResumeReading?
    let fallback: Fallback?
    let generatedQuestions: TailoredQuestions?
    let corrections: [ResumeCorrection]

    /// - Parameter version: nil for the one whose analysis counts.
    static func query(_ candidate: Identifier, _ version: Int?) -> Statement {
        """
        SELECT r.candidate_id, r.version, r.status, r.problem, r.kind, r.file_name, r.size_bytes, r.created_at,
            json_build_object('id', p.id, 'name', p.name) AS uploaded_by, r.document,
            a.id AS analysis_id, a.analyzed_at, a.reading, a.fallback, a.generated_questions,
            (SELECT coalesce(json_agg(json_build_object(
                    'field', k.field, 'value', k.value, 'correctedAt', k.corrected_at,
                    'correctedBy', json_build_object('id', by.id, 'name', by.name)) ORDER BY k.field), '[]')
                FROM resume_correction k JOIN account by ON by.id = k.account_id
                WHERE k.candidate_id = r.candidate_id) AS corrections
        FROM resume r JOIN account p ON p.id = r.account_id
        LEFT JOIN LATERAL (
            SELECT * FROM resume_analysis WHERE resume_id = r.id ORDER BY analyzed_at DESC, id DESC LIMIT 1) a ON true
        WHERE r.candidate_id = \(candidate)
            AND CASE WHEN \(version)::integer IS NULL THEN a.id = current_analysis(r.candidate_id) ELSE r.version = \(version) END
        """
    }

    func record() throws(Failure) -> ResumeRecord {
        ResumeRecord(
            candidateId: candidateId, version: version, status: status, problem: problem, kind: kind, fileName: fileName,
            sizeBytes: sizeBytes, uploadedAt: createdAt, uploadedBy: uploadedBy, analysisId: analysisId, analyzedAt: analyzedAt,
            extractedData: try reading.map { reading throws(Failure) in try ResumeCorrection.apply(corrections, to: reading.resume) },
            corrections: corrections, evidence: reading?.evidence ?? [], flags: reading?.flags ?? [],
            hiddenText: (document?.hidden ?? []).map { .init(text: $0.text, page: $0.page, reason: $0.reason.rawValue) },
            engine: engine, text: document?.text, lines: (document?.lines ?? []).map(ResumeRecord.TextLine.init),
            pages: document?.pages, unreadPages: document?.unread ?? [], generatedQuestions: generatedQuestions)
    }

    private var engine: ResumeEngine? {
        guard let reading, let document else { return nil }
        return ResumeEngine(
            name: reading.engine, version: reading.version, origin: reading.origin.map(ResumeEngine.Origin.init),
            dropped: reading.dropped, method: document.method.rawValue, fallback: fallback?.detail)
    }
}

extension ResumeEngine.Origin {
    init(_ origin: Origin) {
        self.init(
            provider: origin.provider, model: origin.model, promptName: origin.promptName, promptVersion: origin.promptVersion,
            inputTokens: origin.inputTokens, outputTokens: origin.outputTokens)
    }
}

extension ResumeRecord.TextLine {
    fileprivate init(_ line: Line) {
        let area = line.box.map { ResumeRecord.Area(x: $0.x, y: $0.y, width: $0.width, height: $0.height) }
        self.init(start: line.characters.lowerBound, end: line.characters.upperBound, page: line.page, box: area)
    }
}
