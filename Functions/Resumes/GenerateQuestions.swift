import Endpoint
import Identity
import JSON
import Models
import Postgres
import ResumeRecords
import Resumes
import Validation

/// Writes one question for each competency of an assessment that asks about something in a candidate's resume.
@main struct GenerateQuestions: Endpoint {
    static let route = Route.post("/api/resume/{candidateId}/generate-questions")
    static let access = Access.recruiter
    static let summary = "Write questions that are about one candidate's resume"
    static let failures: [Failure.Code] = [.notFound, .conflict]
    static let limits = Limits(workers: 4)

    struct Input: Decodable {
        let candidateId: Identifier
        let assessmentId: Identifier
    }

    private struct Row: Decodable {
        let title: String
        let jobTitle: String
        let competencies: [ResumeCompetency]
        let analysis: Analysis?
    }

    private struct Analysis: Decodable {
        let id: Identifier
        let reading: ResumeReading
        let text: String
        let method: String
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> TailoredQuestions {
        let session = caller.database
        // Under an Idempotency-Key all this is one transaction, which a model may interrupt for a while.
        try session.execute("SET LOCAL idle_in_transaction_session_timeout = '5min'")
        guard let row = try row(input, session) else { throw .notFound("assessment") }
        guard let analysis = row.analysis else { throw .notFound("resume") }
        guard !row.competencies.isEmpty else {
            throw .conflict("This assessment has no questions yet, so there are no competencies to ask about. Add one first.")
        }
        let (made, fallback) = try write(row, analysis, about: input.candidateId, session)
        let questions = TailoredQuestions(
            made, for: (input.assessmentId, row.title), row.competencies, method: analysis.method, fallback: fallback)
        let saved = try JSON(writing: questions)
        try session.execute(
            """
            UPDATE resume_analysis SET generated_questions = \(saved), updated_at = clock_timestamp() WHERE id = \(analysis.id)
            """)
        return questions
    }

    private func row(_ input: Input, _ session: Session) throws(Failure) -> Row? {
        try session.row(
            """
            SELECT s.title, s.job_title,
                (SELECT coalesce(json_agg(json_build_object('id', k.id, 'name', k.name, 'description', k.description)
                        ORDER BY asked.first), '[]')
                    FROM (SELECT competency_id, min(position) AS first FROM question
                        WHERE assessment_id = s.id GROUP BY competency_id) asked
                    JOIN competency k ON k.id = asked.competency_id) AS competencies,
                (SELECT json_build_object('id', a.id, 'reading', a.reading, 'text', r.document ->> 'text',
                        'method', r.document ->> 'method')
                    FROM resume_analysis a JOIN resume r ON r.id = a.resume_id
                    WHERE a.id = current_analysis(\(input.candidateId))) AS analysis
            FROM assessment s WHERE s.id = \(input.assessmentId)
            """)
    }

    /// With the organisation's model, or by the rules with the reason in a sentence when that fails.
    private func write(
        _ row: Row, _ analysis: Analysis, about candidate: Identifier, _ session: Session
    ) throws(Failure) -> (ResumeQuestions, fallback: String?) {
        if let model = try engines.languageModel(for: .questions, about: candidate, of: session) {
            do throws(ModelFailure) {
                let writer = ModelResumeQuestionWriter(model: model)
                return (
                    try writer.questions(
                        for: row.competencies, jobTitle: row.jobTitle, from: analysis.reading, in: analysis.text), nil
                )
            } catch {
                return (offline(row, analysis), error.description)
            }
        }
        return (offline(row, analysis), nil)
    }

    private func offline(_ row: Row, _ analysis: Analysis) -> ResumeQuestions {
        OfflineResumeQuestionWriter().questions(
            for: row.competencies, jobTitle: row.jobTitle, from: analysis.reading, in: analysis.text)
    }
}
