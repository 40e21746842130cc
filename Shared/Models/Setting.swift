public import Endpoint
public import Postgres
public import Validation

/// What an organisation chose about engines.
public struct EngineSetting: Codable, Sendable, Equatable {
    /// A provider's name; null for the offline engine.
    public var languageModel: String?
    public var transcriber: String?
    /// Hundredths of a US dollar a month; null for no limit.
    public var monthlyBudgetCents: Int?
    public var region: Region
    /// Whether the tone of wording is reported; null as the region has it.
    public var wordingTone: Bool?
    /// Whether the voices in recordings are counted, where the provider can.
    public var countsVoices: Bool
    /// One more with every change; 0 when nothing was ever chosen.
    public let version: Int

    /// Where the organisation is, as far as the law of automated hiring tells places apart.
    public enum Region: String, Choice {
        case eu = "EU"
        case elsewhere = "ELSEWHERE"
    }

    /// Whether to report the tone of wording: never in the EU unless somebody there turned it on.
    public var reportsWordingTone: Bool { wordingTone ?? (region == .elsewhere) }

    /// The session's organisation's.
    public static func read(_ session: Session) throws(Failure) -> EngineSetting {
        let setting: EngineSetting? = try session.row(
            """
            SELECT language_model, transcriber, monthly_budget_cents, region, wording_tone, counts_voices, version
            FROM ai_setting
            WHERE organization_id = caller_organization()
            """)
        return setting ?? EngineSetting(
            languageModel: nil, transcriber: nil, monthlyBudgetCents: nil, region: .eu, wordingTone: nil,
            countsVoices: true, version: 0)
    }
}
