import Crypto
public import JSON

/// A JSON Schema of the kind that structured outputs know, and the check of answers against it.
///
/// Understood are `type` (one name or several), `enum`, `const`, `properties`, `required`, `additionalProperties: false`,
/// `items`, `anyOf` and `description`; anything else is a mistake of ours and refused by ``problem``. (The subset of
/// platform.claude.com/docs/en/build-with-claude/structured-outputs, without references.)
public struct Schema: Sendable {
    public let json: JSON

    public init(_ json: JSON) { self.json = json }

    /// Why an answer is not acceptable: where in it, and what was expected. Holds nothing of the answer.
    public struct Mismatch: Error, Equatable, Sendable, CustomStringConvertible {
        /// Such as `evidence[0].quote`; empty for the whole answer.
        public let path: String
        public let message: String
        public var description: String { path.isEmpty ? "the answer \(message)" : "\(path) \(message)" }
    }

    /// The first 16 hexadecimal digits of its SHA-256.
    public var version: String { String(Hex.encode(SHA256.hash(json.description.utf8)).prefix(16)) }

    /// The value as the schema spells it: what an `enum` lists in another case, or with other separators, counts as
    /// listed, and 3.0 is the integer 3.
    public func normalized(_ value: JSON) throws(Mismatch) -> JSON { try Self.check(value, json, "") }

    private static func check(_ value: JSON, _ schema: JSON, _ path: String) throws(Mismatch) -> JSON {
        if let alternatives = schema["anyOf"]?.elements {
            for alternative in alternatives {
                if let fitting = try? check(value, alternative, path) { return fitting }
            }
            throw Mismatch(path: path, message: "fits none of the alternatives")
        }
        let value = integral(value)
        if let choices = schema["enum"]?.elements ?? schema["const"].map({ [$0] }) {
            guard let choice = choices.first(where: { $0 == value }) ?? choices.first(where: { isSpelled($0, value) }) else {
                throw Mismatch(path: path, message: "must be one of \(choices.map(\.description).joined(separator: ", "))")
            }
            return choice
        }
        let types = schema["type"].map { $0.text.map { [$0] } ?? $0.elements.compactMap(\.text) } ?? []
        guard types.isEmpty || types.contains(where: { isType($0, value) }) else {
            throw Mismatch(path: path, message: "must be \(types.joined(separator: " or "))")
        }
        switch value {
        case .object(let members): return try object(members, schema, path)
        case .array(let elements):
            guard let items = schema["items"] else { return value }
            var checked: [JSON] = []
            for (index, element) in elements.enumerated() {
                checked.append(try check(element, items, "\(path)[\(index)]"))
            }
            return .array(checked)
        default: return value
        }
    }

    private static func object(_ members: [JSON.Member], _ schema: JSON, _ path: String) throws(Mismatch) -> JSON {
        func at(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
        for name in (schema["required"]?.elements ?? []).compactMap(\.text) where !members.contains(where: { $0.name == name }) {
            throw Mismatch(path: at(name), message: "is missing")
        }
        var checked: [JSON.Member] = []
        for member in members {
            if let property = schema["properties"]?[member.name] {
                checked.append(.init(member.name, try check(member.value, property, at(member.name))))
            } else if schema["additionalProperties"] == .bool(false) {
                throw Mismatch(path: path, message: "must have no other properties than the schema names")
            } else {
                checked.append(member)
            }
        }
        return .object(checked)
    }

    private static func isType(_ name: String, _ value: JSON) -> Bool {
        switch (name, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("integer", .integer), ("boolean", .bool),
            ("null", .null), ("number", .number), ("number", .integer):
            true
        default: false
        }
    }

    private static func integral(_ value: JSON) -> JSON {
        guard case .number(let number) = value, let whole = Int(exactly: number) else { return value }
        return .integer(whole)
    }

    /// Providers do not promise the case of enumerations.
    private static func isSpelled(_ choice: JSON, _ value: JSON) -> Bool {
        guard let choice = choice.text, let value = value.text else { return false }
        func folded(_ text: String) -> String { String(text.lowercased().filter { $0.isLetter || $0.isNumber }) }
        return folded(choice) == folded(value)
    }
}

extension Schema {
    private static let keywords: Set = [
        "type", "enum", "const", "properties", "required", "additionalProperties", "items", "anyOf", "description",
    ]
    /// Of one request: platform.claude.com/docs/en/build-with-claude/structured-outputs, "Schema complexity limits".
    private static let mostOptional = 24
    private static let mostUnions = 16

    /// Why providers would refuse the schema, or nil.
    public var problem: String? {
        var optional = 0
        var unions = 0
        if let problem = Self.problem(json, "schema", &optional, &unions) { return problem }
        if optional > Self.mostOptional { return "\(optional) properties are optional; \(Self.mostOptional) may be" }
        if unions > Self.mostUnions { return "\(unions) types are unions; \(Self.mostUnions) may be" }
        return nil
    }

    private static func problem(_ schema: JSON, _ path: String, _ optional: inout Int, _ unions: inout Int) -> String? {
        for member in schema.members where !keywords.contains(member.name) { return "\(path) has \(member.name)" }
        if schema["anyOf"] != nil || schema["type"]?.text == nil && schema["type"] != nil { unions += 1 }
        if let properties = schema["properties"]?.members {
            guard schema["additionalProperties"] == .bool(false) else { return "\(path) lacks additionalProperties: false" }
            let required = Set((schema["required"]?.elements ?? []).compactMap(\.text))
            optional += properties.count { !required.contains($0.name) }
            for property in properties {
                if let problem = problem(property.value, "\(path).\(property.name)", &optional, &unions) { return problem }
            }
        } else if schema["type"]?.text == "object" {
            return "\(path) lacks properties"
        }
        for part in (schema["anyOf"]?.elements ?? []) + [schema["items"]].compactMap(\.self) {
            if let problem = problem(part, "\(path)[]", &optional, &unions) { return problem }
        }
        return nil
    }
}
