import Endpoint
import Events
import StoredObjects
import Validation

/// Removes the file of a version that is gone.
@main struct DiscardResume: Endpoint {
    static let route = Route.post("/api/webhooks/resumes")
    static let access = Access.event(.resumeRemoved)
    static let summary = "Webhook: remove a resume's file"
    static let success = Success.noContent

    struct Input: Decodable {
        let key: Text<1, 200>
    }

    let objects: StoredObjects

    init(_ environment: Environment) throws(Failure) { objects = try StoredObjects(environment) }

    func handle(_ input: Input, from caller: Service) throws(Failure) -> Nothing {
        let key = input.key.value
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts.prefix(2).allSatisfy({ Identifier($0) != nil }),
            Identifier(parts[2].prefix { $0 != "." }) != nil, parts[2].hasSuffix(".pdf") || parts[2].hasSuffix(".doc") || parts[2].hasSuffix(".docx")
        else { throw .invalid("key", "must be the key of a resume's file") }
        try objects.discard(key)
        return Nothing()
    }
}
