public import Endpoint
import JSON
public import Validation

/// Where an assessment stands: only active ones are asked.
public enum AssessmentStatus: String, Choice {
    case draft = "DRAFT"
    case active = "ACTIVE"
    case archived = "ARCHIVED"

    /// The legal transitions, all of them.
    static let transitions: [Self: [Self]] = [
        .draft: [.active, .archived],
        .active: [.archived],
        .archived: [.active],
    ]

    public var next: [Self] { Self.transitions[self] ?? [] }

    /// - Throws: `CONFLICT`, which says what would be legal.
    public func check(transitionTo target: Self) throws(Failure) {
        guard !next.contains(target) else { return }
        let legal = next.map(\.rawValue)
        throw .conflict(
            "This assessment is \(rawValue) and cannot become \(target.rawValue). From here it can become \(legal.joined(separator: " or ")).",
            [.init("currentStatus", .string(rawValue)), .init("legalStatuses", .array(legal.map { .string($0) }))])
    }
}
