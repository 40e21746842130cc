public import Endpoint

extension Failure {
    /// 400, for people who were named for something to come and cannot sign in any more.
    /// - Parameter field: of the input, that has their ids.
    public static func deactivated(_ names: [String], in field: String) -> Failure {
        .invalid(field, "must be people who can sign in; deactivated: \(names.joined(separator: ", "))")
    }
}
