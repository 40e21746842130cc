import JSON

/// One request to a route and the answer to it, for the API's reference: the fixture of the route's
/// success, so a test sends this very request and finds these values in the answer.
struct Example {
    private let fixture: JSON

    /// - Parameter fixture: `Tests/Fixtures/<Function>/success.json`.
    init(_ fixture: JSON) { self.fixture = fixture }

    /// The value of a parameter of the path or the query.
    func parameter(_ name: String) -> JSON? { fixture["path"]?[name] ?? fixture["query"]?[name] }

    var body: JSON? { fixture["body"] }

    /// A media type object with an answer that is not JSON; nil where the fixture does not say all of it.
    var document: JSON? {
        fixture["expect"]?["body"]?.text.map { ["schema": ["type": "string"], "example": .string($0)] }
    }

    /// The whole answer: the values that the fixture expects, and for the rest, which it does not
    /// compare, stand-ins of the schema's form.
    func answer(_ schema: JSON) -> JSON { (fixture["expect"]?["body"] ?? [:]).completed(by: schema) }
}

extension JSON {
    /// This value with stand-ins for what the schema requires and it lacks.
    func completed(by schema: JSON) -> JSON {
        if self == .null { return .null }
        let schema = schema.ofPresentValues
        switch self {
        case .object(let members):
            let known = schema["properties"]?.members ?? []
            let required = Set((schema["required"]?.elements ?? []).compactMap(\.text))
            let completed = known.compactMap { property -> Member? in
                if let value = self[property.name] { return Member(property.name, value.completed(by: property.value)) }
                return required.contains(property.name) ? Member(property.name, Self.standIn(for: property.value, named: property.name)) : nil
            }
            return .object(completed + members.filter { member in !known.contains { $0.name == member.name } })
        case .array(let elements):
            return .array(elements.map { $0.completed(by: schema["items"] ?? [:]) })
        default:
            return self
        }
    }

    /// The simplest value that a schema allows.
    private static func standIn(for schema: JSON, named name: String) -> JSON {
        if let options = schema["anyOf"]?.elements, options.contains(where: { $0["type"]?.text == "null" }) { return .null }
        if let value = schema["examples"]?.elements.first ?? schema["enum"]?.elements.first { return value }
        switch schema["type"]?.text {
        case "string": return .string(text(of: schema, named: name.lowercased()))
        case "integer", "number": return schema["minimum"] ?? 1
        case "boolean": return true
        case "array": return []
        default: return JSON.object([]).completed(by: schema)
        }
    }

    private static func text(of schema: JSON, named name: String) -> String {
        switch schema["format"]?.text {
        case "uuid": "01920000-0000-7000-8000-000000000001"
        case "date-time": "2026-11-21T09:00:00.000Z"
        case _ where name.hasSuffix("email"): "grace@candidates.example"
        case _ where name.hasSuffix("url"): "https://parley.example/…"
        default: "text"
        }
    }

    /// Of a schema that also allows null, what it says of other values.
    private var ofPresentValues: JSON { self["anyOf"]?.elements.first { $0["type"]?.text != "null" } ?? self }
}
