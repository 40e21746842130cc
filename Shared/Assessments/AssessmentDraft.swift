public import Endpoint
import Interviews
public import JSON
public import Postgres
public import Validation

/// A question as it is written.
public struct QuestionDraft: Codable, Sendable {
    let content: Text<1, 2000>
    let type: QuestionType
    /// The id of a competency, or a name: one that is not known yet is added to the organisation's.
    let competency: Text<1, 100>
    let weight: Weight?
    /// From level 1 up. Drafts may lack some; see ``AssessmentRecord/checkComplete()``.
    let rubricLevels: List<RubricLevelDraft, 0, 5>

    var competencyId: Identifier? { Identifier(competency.value) }
    var competencyName: String? { competencyId == nil ? competency.value.trimmed : nil }

    /// Whether saving this in the place of `question` would change nothing.
    func isSame(as question: AskedQuestion) -> Bool {
        content.value == question.content && type == question.type && (weight?.value ?? 1) == question.weight
            && (competencyId.map { $0 == question.competency.id }
                ?? (competencyName?.lowercased() == question.competency.name.lowercased()))
            && rubricLevels.elements.count == question.rubricLevels.count
            && zip(rubricLevels.elements, question.rubricLevels).enumerated().allSatisfy { index, pair in
                pair.1.level == index + 1 && pair.0.label.value == pair.1.label
                    && pair.0.description.value == pair.1.description
                    && pair.0.behavioralAnchors.elements.map(\.value) == pair.1.behavioralAnchors
            }
    }
}

/// A question as far as it is written: anything may be missing.
public struct QuestionSketch: Codable, Sendable {
    let content: Text<0, 2000>
    let type: QuestionType
    let rubricLevels: List<RubricLevelDraft, 0, 5>
}

/// The questions of an assessment while somebody writes them, in order.
public typealias QuestionSketches = List<QuestionSketch, 0, 20>

/// One level of a rubric as it is written.
public struct RubricLevelDraft: Codable, Sendable {
    let label: Text<0, 100>
    let description: Text<0, 1000>
    let behavioralAnchors: List<Text<1, 500>, 0, 10>
}

/// What an answer's score counts beside others, from 0.1 to 10.
public struct Weight: Wrapper {
    public let value: Double

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Double.self)
        guard value >= 0.1, value <= 10 else { throw Refusal("must be a number from 0.1 to 10") }
    }

    private init(unchecked value: Double) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: 1) }
    public static var schema: JSON { ["type": "number", "minimum": .number(0.1), "maximum": 10] }
}

/// The questions of an assessment as they were sent to be saved, in order.
public typealias QuestionDrafts = List<QuestionDraft, 0, 20>

extension QuestionDrafts {
    /// Whether saving these would change the questions that there are.
    public func differ(from record: AssessmentRecord) -> Bool {
        elements.count != record.questions.count
            || !zip(elements, record.questions).allSatisfy { $0.isSame(as: $1) }
    }

    /// Adds the questions to an assessment that has none.
    public func insert(into assessment: Identifier, _ transaction: Transaction) {
        let ids = elements.map { _ in Identifier.new() }
        let questions = JSON.array(zip(ids, elements).enumerated().map { Self.row($1.1, id: $1.0, position: $0 + 1) })
        let levels = JSON.array(zip(ids, elements).flatMap { Self.levels(of: $1, id: $0) })
        transaction.queue(
            """
            INSERT INTO competency (organization_id, name)
            SELECT DISTINCT ON (lower(competency_name)) caller_organization(), competency_name
            FROM jsonb_to_recordset(\(questions)) AS q(competency_name text, position integer)
            WHERE competency_name IS NOT NULL ORDER BY lower(competency_name), position
            ON CONFLICT DO NOTHING
            """)
        transaction.queue(
            """
            INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content, type, weight)
            SELECT q.id, caller_organization(), \(assessment), k.id, q.position, q.content, q.type, q.weight
            FROM jsonb_to_recordset(\(questions)) AS q(
                id uuid, position integer, content text, type text, weight double precision, competency_id uuid,
                competency_name text)
            JOIN competency k ON k.id = q.competency_id OR lower(k.name) = lower(q.competency_name)
            """)
        transaction.queue(
            """
            INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
            SELECT q.organization_id, q.id, r.level, r.label, r.description, r.anchors
            FROM jsonb_to_recordset(\(levels)) AS r(question_id uuid, level integer, label text, description text, anchors jsonb)
            JOIN question q ON q.id = r.question_id
            """)
    }

    /// Puts these questions in the place of those that there are.
    public func replace(in assessment: Identifier, _ transaction: Transaction) {
        transaction.queue("DELETE FROM question WHERE assessment_id = \(assessment)")
        insert(into: assessment, transaction)
    }

    /// Refuses what could not be saved whole, for a competency that is not there.
    /// - Parameter saved: the assessment after ``insert(into:_:)``.
    public func checkSaved(_ saved: AssessmentRecord) throws(Failure) {
        guard saved.questions.count == elements.count else { throw .notFound("competency") }
    }

    private static func row(_ question: QuestionDraft, id: Identifier, position: Int) -> JSON {
        [
            "id": .string(id.description), "position": .integer(position), "content": .string(question.content.value),
            "type": .string(question.type.rawValue), "weight": .number(question.weight?.value ?? 1),
            "competency_id": question.competencyId.map { .string($0.description) } ?? .null,
            "competency_name": question.competencyName.map { .string($0) } ?? .null,
        ]
    }

    private static func levels(of question: QuestionDraft, id: Identifier) -> [JSON] {
        question.rubricLevels.elements.enumerated().map { index, level in
            [
                "question_id": .string(id.description), "level": .integer(index + 1),
                "label": .string(level.label.value), "description": .string(level.description.value),
                "anchors": .array(level.behavioralAnchors.elements.map { .string($0.value) }),
            ]
        }
    }
}
