public import JSON

extension JSON {
    /// The JSON form of a value of our own.
    ///
    /// - Throws: `INTERNAL_ERROR` when it has none: a number in it is not finite.
    public init<Value: Encodable>(writing value: Value) throws(Failure) {
        do { self = try JSON(encoding: value) } catch {
            throw .internal("\(Value.self) could not be written as JSON: \(error)")
        }
    }
}
