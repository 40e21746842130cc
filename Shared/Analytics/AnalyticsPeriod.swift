public import Endpoint
public import Postgres
public import Validation

/// Which interviews analytics are asked for.
public struct AnalyticsPeriod: Decodable, Sendable {
    /// Until then interviews were sent; now unless stated.
    public let to: Timestamp?
    /// Since then; 30 days before unless stated, at most 366.
    public let from: Timestamp?
    public let assessmentId: Identifier?

    /// More interviews of a period are not counted, the newest first.
    static let most = 20_000
    private static let day = 86_400

    private struct Known: Decodable {
        let id: Identifier
    }

    /// - Throws: `VALIDATION_FAILED` for a period that is none or too long, `NOT_FOUND` for an assessment
    ///   that the organisation does not have.
    public func read(_ session: Session) throws(Failure) -> Analytics {
        let end = to ?? .now
        let start = from ?? end.adding(seconds: -30 * Self.day)
        guard start < end, end.seconds - start.seconds <= 366 * Self.day else {
            try session.confirm()
            throw .invalid("from", "must be before the end of the period, by 366 days at most")
        }
        let facts: AnalyticsFacts? = try session.row(
            AnalyticsFacts.query(from: start, to: end, assessment: assessmentId, most: Self.most))
        guard let facts else { throw .internal("no row from an aggregate") }
        if let assessmentId, facts.invited == 0 {
            let known: Known? = try session.row("SELECT id FROM assessment WHERE id = \(assessmentId)")
            guard known != nil else { throw .notFound("assessment") }
        }
        return Analytics(facts, from: start, to: end, most: Self.most)
    }
}
