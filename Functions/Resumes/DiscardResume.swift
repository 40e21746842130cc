import Endpoint
import Events
import Storage

/// Removes the file of a version that is gone.
@main struct DiscardResume: Endpoint {
    static let route = Route.post("/api/webhooks/resumes")
    static let access = Access.event(.resumeRemoved)
    static let summary = "Webhook: remove a resume's file"
    static let success = Success.noContent

    struct Input: Decodable {
        let key: String
    }

    let store: LocalStore

    init(_ environment: Environment) throws(Failure) { store = try LocalStore(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        try store.discard(input.key)
        return Nothing()
    }
}
