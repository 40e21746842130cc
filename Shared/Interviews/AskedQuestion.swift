public import Validation

/// A question of an assessment, with what its answers are scored by.
public struct AskedQuestion: Codable, Sendable {
    public let id: Identifier
    /// From 1 on.
    public let position: Int
    public let content: String
    public let type: QuestionType
    /// What the answer's score counts in the total, beside the others.
    public let weight: Double
    public let competency: Competency
    public let rubricLevels: [RubricLevel]

    public struct Competency: Codable, Sendable {
        public let id: Identifier
        public let name: String
        public let description: String
    }

    public struct RubricLevel: Codable, Sendable {
        /// From 1, the least, to 5.
        public let level: Int
        public let label: String
        public let description: String
        public let behavioralAnchors: [String]

        public init(level: Int, label: String, description: String, behavioralAnchors: [String]) {
            self.level = level
            self.label = label
            self.description = description
            self.behavioralAnchors = behavioralAnchors
        }
    }
}
