import Endpoint
import Identity
import Models
import Postgres
import Validation

/// Shows which engines the organisation uses, which there are, and how they are.
@main struct ShowEngineSettings: Endpoint {
    static let route = Route.get("/api/ai/settings")
    static let access = Access.administrator
    static let summary = "Show the organisation's engines"

    struct Input: Decodable {}

    let engines: Engines

    init(_ environment: Environment) throws(Failure) { engines = try Engines(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> EngineSettings {
        try EngineSettings.read(engines, caller.database)
    }
}
