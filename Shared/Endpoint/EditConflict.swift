import JSON

extension Failure {
    /// 409 for an edit that was made from another version than the one there is, with both: whoever edited can merge them.
    ///
    /// - Parameters:
    ///   - what: a noun.
    ///   - content: what there is, as the route answers.
    public static func changedMeanwhile<Version: Encodable & CustomStringConvertible>(
        _ what: String, yours: Version, current: Version, _ content: some Encodable
    ) -> Failure {
        let members: [JSON.Member]
        do {
            members = try JSON(encoding: Versions(yourVersion: yours, currentVersion: current, current: content)).members
        } catch {
            return .internal("the current version could not be written as JSON: \(error)")
        }
        return .conflict(
            "This \(what) was changed meanwhile: yours was made from version \(yours), the current one is \(current).", members)
    }
}

private struct Versions<Version: Encodable, Content: Encodable>: Encodable {
    let yourVersion: Version
    let currentVersion: Version
    let current: Content
}
