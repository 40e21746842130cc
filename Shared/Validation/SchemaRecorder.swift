public import JSON

/// Learns the JSON Schema of a type by watching it decode itself from nothing.
final class SchemaRecorder {
    private var properties: [JSON.Member] = []
    private var required: [JSON] = []
    private var children: [(name: String, recorder: SchemaRecorder, isRequired: Bool)] = []
    private var items: SchemaRecorder?
    private var isObject = false
    /// The schema of a type that states its own.
    private let stated: JSON?

    init(_ type: Any.Type) { stated = (type as? any Field.Type)?.schema }

    func beginObject() { isObject = true }

    func property(_ name: String, isRequired: Bool, _ type: Any.Type) -> SchemaRecorder {
        let recorder = SchemaRecorder(type)
        children.append((name, recorder, isRequired))
        return recorder
    }

    func element(_ type: Any.Type) -> SchemaRecorder {
        let recorder = SchemaRecorder(type)
        items = recorder
        return recorder
    }

    /// - Parameter isOutput: whether absent properties are written as null, as answers do,
    ///   or may be left out, as in inputs.
    func schema(isOutput: Bool) -> JSON {
        if let stated { return stated }
        if let items { return ["type": "array", "items": items.schema(isOutput: isOutput)] }
        guard isObject else { return [:] }
        let properties = children.map { child in
            let schema = child.recorder.schema(isOutput: isOutput)
            return JSON.Member(
                child.name, isOutput && !child.isRequired ? ["anyOf": [schema, ["type": "null"]]] : schema)
        }
        let required = children.filter { isOutput || $0.isRequired }.map { JSON.string($0.name) }
        return [
            "type": "object", "properties": .object(properties), "required": .array(required),
            "additionalProperties": false,
        ]
    }
}

extension JSON {
    /// The JSON Schema (2020-12) of what `type` decodes from.
    public static func inputSchema(of type: any Decodable.Type) -> JSON { recorded(type).schema(isOutput: false) }

    /// The JSON Schema (2020-12) of what `type` is written as by ``JSON/text(of:)``.
    public static func outputSchema(of type: any Decodable.Type) -> JSON { recorded(type).schema(isOutput: true) }

    private static func recorded(_ type: any Decodable.Type) -> SchemaRecorder {
        let recorder = SchemaRecorder(type)
        let decoder = InputDecoder(nil, leniency: .unknownMembers, findings: .init(), recorder: recorder)
        func visit<T: Decodable>(_ type: T.Type) { _ = decoder.attempt(type) }
        visit(type)
        return recorder
    }
}
