public import Endpoint
public import JSON
public import Postgres
public import Validation

/// What one candidate is given so that the interview is fair to them.
public struct Accommodations: Codable, Sendable {
    /// Of the time limit and of the think time.
    public let timeMultiplier: TimeMultiplier
    /// Whether the candidate may think for as long as they like.
    public let untimedThinking: Bool
    /// How many takes more than the retake policy allows.
    public let extraTakes: Whole<0, 3>
    /// What the page does not watch.
    public let withoutMonitoring: List<WaivedMonitoring, 0, 2>

    public init(
        timeMultiplier: TimeMultiplier, untimedThinking: Bool, extraTakes: Whole<0, 3>,
        withoutMonitoring: List<WaivedMonitoring, 0, 2>
    ) {
        self.timeMultiplier = timeMultiplier
        self.untimedThinking = untimedThinking
        self.extraTakes = extraTakes
        self.withoutMonitoring = withoutMonitoring
    }

    /// These as `accommodations` in the schema tells them; nil when they give nothing beyond the usual terms.
    var deviations: JSON? {
        let waived = Set(withoutMonitoring.elements.map(\.rawValue)).sorted()
        guard timeMultiplier.value > 1 || untimedThinking || extraTakes.value > 0 || !waived.isEmpty else { return nil }
        return [
            "timeMultiplier": .number(timeMultiplier.value), "untimedThinking": .bool(untimedThinking),
            "extraTakes": .integer(extraTakes.value), "withoutMonitoring": .array(waived.map { .string($0) }),
        ]
    }

    /// Puts these in the place of what the interview's candidate was given before.
    public func set(for interview: Identifier, _ transaction: Transaction) {
        let waived = JSON.array(withoutMonitoring.elements.map { .string($0.rawValue) })
        transaction.queue(
            """
            INSERT INTO accommodation (
                async_interview_id, organization_id, time_multiplier, untimed_thinking, extra_takes, without_monitoring)
            VALUES (\(interview), caller_organization(), \(timeMultiplier.value)::numeric, \(untimedThinking), \(extraTakes),
                ARRAY(SELECT DISTINCT jsonb_array_elements_text(\(waived)) ORDER BY 1))
            ON CONFLICT (async_interview_id) DO UPDATE SET
                time_multiplier = excluded.time_multiplier, untimed_thinking = excluded.untimed_thinking,
                extra_takes = excluded.extra_takes, without_monitoring = excluded.without_monitoring, updated_at = now()
            """)
    }

    /// Refuses everybody who has no business with an interview's accommodations: `may_accommodate` in the schema.
    public static func check(_ mayAccommodate: Bool) throws(Failure) {
        guard mayAccommodate else {
            throw .denied("Only whoever created this interview and administrators may see and change its accommodations.")
        }
    }
}

/// A kind of monitoring that not everybody can be asked to bear.
public enum WaivedMonitoring: String, Choice {
    case fullscreen = "FULLSCREEN"
    case gaze = "GAZE"
}

/// How many times the usual time, from 1 to 3.
public struct TimeMultiplier: Wrapper {
    public let value: Double

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Double.self)
        guard value >= 1, value <= 3 else { throw Refusal("must be a number from 1 to 3") }
    }

    private init(unchecked value: Double) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: 1) }
    public static var schema: JSON { ["type": "number", "minimum": 1, "maximum": 3] }
}
