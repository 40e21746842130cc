public import Endpoint
public import Postgres
public import Validation

/// A provider as administrators see it: no address, no key.
public struct ProviderState: Codable, Sendable {
    public let name: String
    public let kind: Provider.Kind
    public let does: Work
    public let model: String
    /// For screening and other short work; null where it is the same.
    public let smallModel: String?
    /// For counting the voices in recordings; null where it does not.
    public let speakersModel: String?
    /// Whether the operator stated what its models cost: only then a budget limits them.
    public let hasPrice: Bool
    public let warnings: [String]
    public let state: State
    /// Until when it rests; null when it does not.
    public let restingUntil: Timestamp?
    /// Why a person has to act; null when nobody has.
    public let stop: Stop?
    public let stopReason: String?
    public let lastError: String?
    public let lastErrorAt: Timestamp?
    public let lastSuccessAt: Timestamp?

    public enum Work: String, Choice {
        case reads = "LANGUAGE_MODEL"
        case listens = "TRANSCRIBER"
    }

    public enum State: String, Choice {
        /// Nobody has called it yet.
        case unknown = "UNKNOWN"
        case up = "UP"
        /// Its last call failed, and the next one tries again.
        case failing = "FAILING"
        case resting = "RESTING"
        case stopped = "STOPPED"
    }

    private struct Row: Decodable {
        let name: String
        let failures: Int
        let restingUntil: Timestamp?
        let stop: Stop?
        let lastError: String?
        let lastErrorAt: Timestamp?
        let lastSuccessAt: Timestamp?
    }

    /// All that the operator declared, in the file's order.
    public static func all(_ engines: Engines, _ session: Session) throws(Failure) -> [ProviderState] {
        let rows: [Row] = try session.rows(
            """
            SELECT name, failures, CASE WHEN resting_until > now() THEN resting_until END AS resting_until, stop,
                last_error, last_error_at, last_success_at
            FROM ai_provider
            """)
        return engines.providers.map { provider in ProviderState(provider, rows.first { $0.name == provider.name }) }
    }

    private init(_ provider: Provider, _ row: Row?) {
        name = provider.name
        kind = provider.kind
        does = provider.kind.transcribes ? .listens : .reads
        model = provider.model
        smallModel = provider.smallModel == provider.model ? nil : provider.smallModel
        speakersModel = provider.speakersModel
        hasPrice = [provider.model, provider.speakersModel].compactMap(\.self)
            .allSatisfy { provider.cost(Usage(), model: $0) != nil }
        warnings = provider.warnings
        restingUntil = row?.restingUntil
        stop = row?.stop
        stopReason = row?.stop?.sentence
        lastError = row?.lastError
        lastErrorAt = row?.lastErrorAt
        lastSuccessAt = row?.lastSuccessAt
        state = switch row {
        case nil: .unknown
        case let row? where row.stop != nil: .stopped
        case let row? where row.restingUntil != nil: .resting
        case let row? where row.failures > 0: .failing
        case let row?: row.lastSuccessAt == nil ? .unknown : .up
        }
    }
}

/// What an administrator sees and changes about engines.
public struct EngineSettings: Codable, Sendable {
    public let setting: EngineSetting
    /// What the setting comes to: null in it leaves this to the region.
    public let reportsWordingTone: Bool
    /// What the operator declared; empty where there are the offline engines only.
    public let providers: [ProviderState]

    public static func read(_ engines: Engines, _ session: Session) throws(Failure) -> EngineSettings {
        let setting = try EngineSetting.read(session)
        return EngineSettings(
            setting: setting, reportsWordingTone: setting.reportsWordingTone, providers: try ProviderState.all(engines, session))
    }
}
