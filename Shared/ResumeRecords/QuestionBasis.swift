public import Endpoint
import JSON
public import Models
public import Postgres
import Resumes
public import Validation

/// What questions about one candidate's resume are made from: the competencies that an assessment asks about, and the
/// reading that counts.
public struct QuestionBasis {
    private let assessmentId: Identifier
    private let title: String
    private let jobTitle: String
    private let competencies: [ResumeCompetency]
    private let analysis: Analysis

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

    /// - Throws: `NOT_FOUND` without the assessment or the resume, `CONFLICT` while the assessment has no questions.
    public static func read(
        of candidate: Identifier, for assessment: Identifier, _ session: Session
    ) throws(Failure) -> QuestionBasis {
        let row: Row? = try session.row(
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
                    WHERE a.id = current_analysis(\(candidate))) AS analysis
            FROM assessment s WHERE s.id = \(assessment)
            """)
        guard let row else { throw .notFound("assessment") }
        guard let analysis = row.analysis else { throw .notFound("resume") }
        guard !row.competencies.isEmpty else {
            throw .conflict("This assessment has no questions yet, so there are no competencies to ask about. Add one first.")
        }
        return QuestionBasis(
            assessmentId: assessment, title: row.title, jobTitle: row.jobTitle, competencies: row.competencies,
            analysis: analysis)
    }

    /// With a model, or by the rules with the reason in a sentence when that fails.
    public func questions(by model: (any LanguageModel)?) -> TailoredQuestions {
        guard let model else { return tailored(offline) }
        do throws(ModelFailure) {
            return tailored(
                try ModelResumeQuestionWriter(model: model).questions(
                    for: competencies, jobTitle: jobTitle, from: analysis.reading, in: analysis.text))
        } catch {
            return tailored(offline, fallback: error.description)
        }
    }

    private var offline: ResumeQuestions {
        OfflineResumeQuestionWriter().questions(
            for: competencies, jobTitle: jobTitle, from: analysis.reading, in: analysis.text)
    }

    private func tailored(_ made: ResumeQuestions, fallback: String? = nil) -> TailoredQuestions {
        TailoredQuestions(made, for: (assessmentId, title), competencies, method: analysis.method, fallback: fallback)
    }

    /// Puts the questions in the place of those that were made before.
    public func save(_ questions: TailoredQuestions, _ session: Session) throws(Failure) {
        let saved = try JSON(writing: questions)
        try session.execute(
            """
            UPDATE resume_analysis SET generated_questions = \(saved), updated_at = clock_timestamp() WHERE id = \(analysis.id)
            """)
    }
}
