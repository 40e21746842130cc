public import JSON

/// What is wrong with one field of an input.
public struct Problem: Sendable, Equatable, Codable {
    /// The path to the field, dotted, with positions in arrays: `answers.0.score`.
    public let field: String
    /// What is wrong, as a fragment that can follow the field's name.
    public let message: String

    public init(field: String, message: String) {
        self.field = field
        self.message = message
    }
}

/// Everything that is wrong with an input.
public struct Rejection: Error, Sendable, Equatable {
    public let problems: [Problem]
    public init(_ problems: [Problem]) { self.problems = problems }
}

/// Decodes a value from JSON and reports all problems at once, not just the first: a refused
/// value is replaced by its type's example until everything was looked at.
public final class InputDecoder: Decoder {
    /// Which inputs are accepted beyond exactly typed JSON.
    public struct Leniency: OptionSet, Sendable {
        public let rawValue: Int
        public init(rawValue: Int) { self.rawValue = rawValue }
        /// Members that the type does not know are passed over.
        public static let unknownMembers = Leniency(rawValue: 1)
        /// Numbers and truth values may come as text, as they must in paths and queries.
        public static let textForms = Leniency(rawValue: 2)
    }

    /// Nil for a value that is absent; what is decoded from it then only has to exist.
    let value: JSON?
    private let name: String
    private let parent: InputDecoder?
    let leniency: Leniency
    /// Top-level members that came from a path or a query and so may have text forms.
    let textual: Set<String>
    let findings: Findings
    let recorder: SchemaRecorder?

    final class Findings {
        var problems: [Problem] = []
        /// How many objects were looked into.
        var objects = 0
    }

    /// The value as it stands; null when there is none.
    public var json: JSON { value ?? .null }

    public var codingPath: [any CodingKey] { [] }
    public var userInfo: [CodingUserInfoKey: Any] { [:] }

    init(
        _ value: JSON?, name: String = "", parent: InputDecoder? = nil, leniency: Leniency = [],
        textual: Set<String> = [], findings: Findings, recorder: SchemaRecorder? = nil
    ) {
        self.value = value
        self.name = name
        self.parent = parent
        self.leniency = leniency
        self.textual = textual
        self.findings = findings
        self.recorder = recorder
    }

    /// The names on the way here, dotted.
    private var path: String {
        guard let above = parent?.path, !above.isEmpty else { return name }
        return "\(above).\(name)"
    }

    /// Decodes `value` as `type`.
    /// - Parameter textual: names of members whose values came as text from a path or a query.
    public static func decode<T: Decodable>(
        _ type: T.Type, from value: JSON, textual: Set<String> = [], leniency: Leniency = []
    ) throws(Rejection) -> T {
        let findings = Findings()
        let decoder = InputDecoder(value, leniency: leniency, textual: textual, findings: findings)
        let decoded = decoder.attempt(type)
        guard let decoded, findings.problems.isEmpty else { throw Rejection(findings.problems) }
        return decoded
    }

    /// Decodes this decoder's value; on failure notes the problem and returns the type's example, if it has one.
    func attempt<T: Decodable>(_ type: T.Type) -> T? {
        if value == nil, let type = type as? any Field.Type { return type.example as? T }
        do {
            let objects = findings.objects
            let decoded = try T(from: self)
            // A type without properties never looks, and so would never refuse what it does not know.
            if findings.objects == objects, case .object? = value, !(type is any Field.Type) {
                _ = try container(keyedBy: JSON.MemberName.self)
            }
            return decoded
        } catch let refusal as Refusal {
            note(refusal.message)
        } catch let rejection as Rejection {
            findings.problems += rejection.problems
        } catch {
            note("is not acceptable")
        }
        if let field = type as? any Field.Type { return field.example as? T }
        // Anything else is stood in for by what its parts' examples make.
        return value == nil ? nil : absent.attempt(type)
    }

    private var absent: InputDecoder {
        InputDecoder(nil, name: name, parent: parent, leniency: leniency, findings: findings)
    }

    func note(_ message: String) {
        // What is absent was reported where it is missing; its parts need not be.
        guard value != nil else { return }
        findings.problems.append(Problem(field: path, message: message))
    }

    func child(_ value: JSON?, _ name: String, recorder: SchemaRecorder? = nil) -> InputDecoder {
        var leniency = leniency
        if textual.contains(name) { leniency.insert(.textForms) }
        return InputDecoder(
            value, name: name, parent: self, leniency: leniency, findings: findings, recorder: recorder)
    }

    public func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        recorder?.beginObject()
        findings.objects += 1
        switch value {
        case .object(let members)?:
            return KeyedDecodingContainer(KeyedInput(decoder: self, members: members))
        case nil:
            return KeyedDecodingContainer(KeyedInput(decoder: self, members: []))
        default:
            throw Refusal("must be an object")
        }
    }

    public func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        switch value {
        case .array(let elements)?: return UnkeyedInput(decoder: self, elements: elements)
        case nil: return UnkeyedInput(decoder: self, elements: [])
        default: throw Refusal("must be an array")
        }
    }

    public func singleValueContainer() -> any SingleValueDecodingContainer { SingleInput(decoder: self) }
}

extension JSON {
    /// Any name.
    fileprivate struct MemberName: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}

/// An object's members. Those that nobody asked for are refused when the container goes away
/// with its last reference, which is when the type has finished decoding itself.
private struct KeyedInput<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: InputDecoder
    let members: [JSON.Member]
    private let asked: Asked?

    /// Which of the members were asked for.
    private final class Asked {
        let decoder: InputDecoder
        let members: [JSON.Member]
        var isKnown: [Bool]

        init(decoder: InputDecoder, members: [JSON.Member]) {
            self.decoder = decoder
            self.members = members
            isKnown = Array(repeating: false, count: members.count)
        }

        deinit {
            for (member, isKnown) in zip(members, isKnown) where !isKnown {
                decoder.child(.null, member.name).note("is not a known field")
            }
        }
    }

    init(decoder: InputDecoder, members: [JSON.Member]) {
        self.decoder = decoder
        self.members = members
        asked = decoder.leniency.contains(.unknownMembers) ? nil : Asked(decoder: decoder, members: members)
    }

    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

    /// The member's value; nil when it is missing or null.
    private func present(_ key: Key) -> JSON? {
        let name = key.stringValue
        guard let index = members.firstIndex(where: { $0.name == name }) else { return nil }
        asked?.isKnown[index] = true
        if case .null = members[index].value { return nil }
        return members[index].value
    }

    func contains(_ key: Key) -> Bool { decoder.recorder != nil || present(key) != nil }
    func decodeNil(forKey key: Key) -> Bool { decoder.recorder == nil && present(key) == nil }

    func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T {
        try decode(present(key), type, key)
    }

    private func decode<T: Decodable>(_ value: JSON?, _ type: T.Type, _ key: Key) throws -> T {
        if value == nil, decoder.value != nil {
            decoder.child(.null, key.stringValue).note("is required")
        }
        return try decode(value, type, key, isRequired: true)
    }

    // The usual case of the two most frequent types, without a decoder of their own.

    func decode(_ type: String.Type, forKey key: Key) throws -> String {
        let value = present(key)
        if case .string(let text)? = value { return text }
        return try decode(value, type, key)
    }

    func decode(_ type: Int.Type, forKey key: Key) throws -> Int {
        let value = present(key)
        if case .integer(let number)? = value { return number }
        return try decode(value, type, key)
    }

    func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
        let value = present(key)
        if value == nil, decoder.recorder == nil { return nil }
        return try decode(value, type, key, isRequired: false)
    }

    private func decode<T: Decodable>(_ value: JSON?, _ type: T.Type, _ key: Key, isRequired: Bool) throws -> T {
        let name = key.stringValue
        let recorder = decoder.recorder?.property(name, isRequired: isRequired, type)
        guard let decoded = decoder.child(value, name, recorder: recorder).attempt(type) else {
            throw Rejection([])
        }
        return decoded
    }

    // Without these the standard library's defaults would be taken, which ask for nil first.
    func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
    func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
    func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
    func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
    func decodeIfPresent(_ type: Float.Type, forKey key: Key) throws -> Float? { try optional(type, key) }
    func decodeIfPresent(_ type: Int8.Type, forKey key: Key) throws -> Int8? { try optional(type, key) }
    func decodeIfPresent(_ type: Int16.Type, forKey key: Key) throws -> Int16? { try optional(type, key) }
    func decodeIfPresent(_ type: Int32.Type, forKey key: Key) throws -> Int32? { try optional(type, key) }
    func decodeIfPresent(_ type: Int64.Type, forKey key: Key) throws -> Int64? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt.Type, forKey key: Key) throws -> UInt? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt8.Type, forKey key: Key) throws -> UInt8? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt16.Type, forKey key: Key) throws -> UInt16? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt32.Type, forKey key: Key) throws -> UInt32? { try optional(type, key) }
    func decodeIfPresent(_ type: UInt64.Type, forKey key: Key) throws -> UInt64? { try optional(type, key) }

    private func optional<T: Decodable>(_ type: T.Type, _ key: Key) throws -> T? {
        let value = present(key)
        if value == nil, decoder.recorder == nil { return nil }
        return try decode(value, type, key, isRequired: false)
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        try decoder.child(present(key), key.stringValue).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try decoder.child(present(key), key.stringValue).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }
    func superDecoder(forKey key: Key) throws -> any Decoder { decoder.child(present(key), key.stringValue) }
}

private struct UnkeyedInput: UnkeyedDecodingContainer {
    let decoder: InputDecoder
    let elements: [JSON]
    var currentIndex = 0

    init(decoder: InputDecoder, elements: [JSON]) {
        self.decoder = decoder
        self.elements = elements
    }

    var codingPath: [any CodingKey] { [] }
    var count: Int? { decoder.recorder == nil ? elements.count : 1 }
    var isAtEnd: Bool { currentIndex >= count ?? 0 }

    private mutating func next(_ recorder: SchemaRecorder? = nil) -> InputDecoder {
        defer { currentIndex += 1 }
        // A bare nil would be JSON's null.
        let value = currentIndex < elements.count ? elements[currentIndex] : JSON?.none
        return decoder.child(value, String(currentIndex), recorder: recorder)
    }

    mutating func decodeNil() -> Bool {
        guard decoder.recorder == nil, currentIndex < elements.count, elements[currentIndex] == .null else { return false }
        currentIndex += 1
        return true
    }

    mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
        guard let decoded = next(decoder.recorder?.element(type)).attempt(type) else { throw Rejection([]) }
        return decoded
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer { try next().unkeyedContainer() }
    mutating func superDecoder() throws -> any Decoder { next() }
}

private struct SingleInput: SingleValueDecodingContainer {
    let decoder: InputDecoder
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { decoder.value == nil || decoder.value == .null }

    func decode(_ type: String.Type) throws -> String {
        guard let value = decoder.value else { return String.example }
        guard case .string(let text) = value else { throw Refusal("must be text") }
        return text
    }

    func decode(_ type: Int.Type) throws -> Int {
        switch decoder.value {
        case nil: return Int.example
        case .integer(let value)?: return value
        case .number(let value)?:
            guard let whole = Int(exactly: value) else { throw Refusal("must be a whole number") }
            return whole
        case .string(let text)? where decoder.leniency.contains(.textForms):
            guard let value = Int(text) else { throw Refusal("must be a whole number") }
            return value
        default: throw Refusal("must be a whole number")
        }
    }

    func decode(_ type: Double.Type) throws -> Double {
        switch decoder.value {
        case nil: return Double.example
        case .integer(let value)?: return Double(value)
        case .number(let value)?: return value
        case .string(let text)? where decoder.leniency.contains(.textForms):
            guard let value = Double(text), value.isFinite else { throw Refusal("must be a number") }
            return value
        default: throw Refusal("must be a number")
        }
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        switch decoder.value {
        case nil: return Bool.example
        case .bool(let value)?: return value
        case .string("true")? where decoder.leniency.contains(.textForms): return true
        case .string("false")? where decoder.leniency.contains(.textForms): return false
        default: throw Refusal("must be true or false")
        }
    }

    func decode(_ type: Float.Type) throws -> Float { Float(try decode(Double.self)) }
    func decode(_ type: Int8.Type) throws -> Int8 { try whole() }
    func decode(_ type: Int16.Type) throws -> Int16 { try whole() }
    func decode(_ type: Int32.Type) throws -> Int32 { try whole() }
    func decode(_ type: Int64.Type) throws -> Int64 { try whole() }
    func decode(_ type: UInt.Type) throws -> UInt { try whole() }
    func decode(_ type: UInt8.Type) throws -> UInt8 { try whole() }
    func decode(_ type: UInt16.Type) throws -> UInt16 { try whole() }
    func decode(_ type: UInt32.Type) throws -> UInt32 { try whole() }
    func decode(_ type: UInt64.Type) throws -> UInt64 { try whole() }

    func decode<T: Decodable>(_ type: T.Type) throws -> T { try T(from: decoder) }

    private func whole<T: FixedWidthInteger>() throws -> T {
        guard let value = T(exactly: try decode(Int.self)) else { throw Refusal("is out of range") }
        return value
    }
}
