import Endpoint
import Identity
import Models
import Postgres
import Validation

/// Chooses the organisation's engines among those that the operator declared, and what they may cost.
@main struct SaveEngineSettings: Endpoint {
    static let route = Route.put("/api/ai/settings")
    static let access = Access.administrator
    static let summary = "Choose the organisation's engines"
    static let failures: [Failure.Code] = [.conflict]

    struct Input: Decodable {
        /// The one that the change was made from; 0 for the first.
        let version: Whole<0, 1_000_000>
        /// The name of a provider; null for word rules on this server.
        let languageModel: Text<1, 40>?
        /// The name of a provider; null for speech recognition on this server.
        let transcriber: Text<1, 40>?
        /// Hundredths of a US dollar a month; null for no limit.
        let monthlyBudgetCents: Whole<0, 1_000_000_000>?
        let region: EngineSetting.Region
        /// Whether the tone of wording is reported; null as the region has it: not in the EU.
        let wordingTone: Bool?
        /// Whether the voices in recordings are counted, where the provider can; null as it is for everybody: yes.
        let countsVoices: Bool?
    }

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> EngineSettings {
        try check(input.languageModel?.value, transcribes: false, "languageModel")
        try check(input.transcriber?.value, transcribes: true, "transcriber")
        let saved = try caller.database.execute(
            """
            INSERT INTO ai_setting AS s (organization_id, language_model, transcriber, monthly_budget_cents, region,
                wording_tone, counts_voices)
            SELECT caller_organization(), \(input.languageModel), \(input.transcriber), \(input.monthlyBudgetCents),
                \(input.region), \(input.wordingTone), \(input.countsVoices ?? true)
            WHERE \(input.version) = 0 OR EXISTS (SELECT FROM ai_setting WHERE organization_id = caller_organization())
            ON CONFLICT (organization_id) DO UPDATE
            SET language_model = excluded.language_model, transcriber = excluded.transcriber,
                monthly_budget_cents = excluded.monthly_budget_cents, region = excluded.region,
                wording_tone = excluded.wording_tone, counts_voices = excluded.counts_voices, version = s.version + 1, updated_at = now()
            WHERE s.version = \(input.version)
            """)
        guard saved == 1 else {
            throw .conflict("These settings were changed meanwhile. Load them again, and make your change once more.")
        }
        return try EngineSettings.read(engines, caller.database)
    }

    private func check(_ name: String?, transcribes: Bool, _ field: String) throws(Failure) {
        guard let name else { return }
        guard engines.providers.contains(where: { $0.name == name && $0.kind.transcribes == transcribes }) else {
            throw .invalid(field, "is no provider of this installation that does this")
        }
    }
}
