import Endpoint
import Identity
import Models
import Postgres
import Validation

/// Shows what the organisation's engines did and cost this month (in UTC), what waits for them, and what went wrong last.
@main struct ShowEngineUsage: Endpoint {
    static let route = Route.get("/api/ai/usage")
    static let access = Access.administrator
    static let summary = "Show this month's use of engines"

    struct Input: Decodable {}

    struct Output: Codable {
        /// When the month began.
        let since: Timestamp
        /// Calls under way included, at the most they may cost. In millionths of a US dollar, as all costs.
        let costMicroUsd: Int
        let byPurpose: [PurposeUse]
        let byDay: [DayUse]
        let waiting: [Waiting]
        /// The newest twenty.
        let problems: [CallProblem]
    }

    struct PurposeUse: Codable {
        let purpose: Purpose
        let calls: Int
        let failed: Int
        let inputTokens: Int
        let cachedTokens: Int
        let outputTokens: Int
        let audioSeconds: Double
        let costMicroUsd: Int
    }

    struct DayUse: Codable {
        let day: Timestamp
        let calls: Int
        let costMicroUsd: Int
    }

    struct Waiting: Codable {
        let purpose: Purpose
        let count: Int
        let since: Timestamp
    }

    struct CallProblem: Codable {
        let at: Timestamp
        let purpose: Purpose
        let provider: String
        let error: String
    }

    private struct Month: Decodable {
        let since: Timestamp
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        try caller.database.transaction { transaction throws(Failure) in
            let month: Month? = try transaction.row("SELECT date_trunc('month', now()) AS since")
            let purposes: [PurposeUse] = try transaction.rows(
                """
                SELECT purpose, count(*) AS calls, count(*) FILTER (WHERE outcome NOT IN ('ANSWERED', 'PENDING')) AS failed,
                    sum(input_tokens) AS input_tokens, sum(cached_tokens) AS cached_tokens, sum(output_tokens) AS output_tokens,
                    sum(audio_seconds) AS audio_seconds,
                    sum(coalesce(cost_micro_usd, reserved_micro_usd))::bigint AS cost_micro_usd
                FROM ai_call WHERE at >= date_trunc('month', now()) GROUP BY purpose ORDER BY purpose
                """)
            let days: [DayUse] = try transaction.rows(
                """
                SELECT date_trunc('day', at) AS day, count(*) AS calls,
                    sum(coalesce(cost_micro_usd, reserved_micro_usd))::bigint AS cost_micro_usd
                FROM ai_call WHERE at >= date_trunc('month', now()) GROUP BY 1 ORDER BY 1
                """)
            let waiting: [Waiting] = try transaction.rows(
                "SELECT purpose, count(*) AS count, min(since) AS since FROM ai_wait GROUP BY purpose ORDER BY purpose")
            let problems: [CallProblem] = try transaction.rows(
                """
                SELECT at, purpose, provider, error FROM ai_call
                WHERE error IS NOT NULL AND at >= date_trunc('month', now()) ORDER BY at DESC, id DESC LIMIT 20
                """)
            return Output(
                since: month?.since ?? .now, costMicroUsd: purposes.reduce(0) { $0 + $1.costMicroUsd }, byPurpose: purposes,
                byDay: days, waiting: waiting, problems: problems)
        }
    }
}
