extension JSON {
    /// The JSON text of a value.
    ///
    /// Every property is written, an absent one as `null`: who reads the answer never has to
    /// tell "missing" from "null". (The standard library's own encoders leave nil out.)
    /// - Throws: `EncodingError` for a number that is not finite, and what the value itself throws.
    public static func text(of value: some Encodable) throws -> [UInt8] {
        let writer = Writer()
        try writer.write(any: value)
        return writer.text.bytes
    }
}

extension JSON: CustomStringConvertible {
    /// The JSON text.
    public var description: String {
        (try? JSON.text(of: self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

/// A growing JSON text. A container is closed when something is written outside it, since
/// `Encoder` has no "end of container".
private struct Text {
    private(set) var bytes: [UInt8] = []
    private var open: [Container] = []
    /// How many containers are open.
    var depth: Int { open.count }

    private struct Container {
        let closer: UInt8
        var isEmpty = true
    }

    init() { bytes.reserveCapacity(1024) }

    mutating func beginObject() { begin("{", "}") }

    mutating func beginArray() { begin("[", "]") }

    private mutating func begin(_ opener: Unicode.Scalar, _ closer: Unicode.Scalar) {
        bytes.append(UInt8(ascii: opener))
        open.append(Container(closer: UInt8(ascii: closer)))
    }

    mutating func close(to depth: Int) {
        while open.count > depth { bytes.append(open.removeLast().closer) }
    }

    /// Closes what is deeper than the container at `depth` and separates its next element.
    mutating func separate(at depth: Int) {
        close(to: depth)
        if open[depth - 1].isEmpty { open[depth - 1].isEmpty = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    mutating func name(_ name: String, at depth: Int) {
        separate(at: depth)
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    /// Writes a word or a number as it stands.
    mutating func write(bare word: String) { bytes.append(contentsOf: word.utf8) }

    mutating func write(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "not a finite number"))
        }
        write(bare: value.description)
    }

    mutating func write(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        // Most texts have nothing to escape and are copied whole.
        if Self.needsEscapes(value) {
            for byte in value.utf8 { write(escaping: byte) }
        } else {
            bytes.append(contentsOf: value.utf8)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func needsEscapes(_ value: String) -> Bool {
        let bytes = value.utf8.span
        for index in bytes.indices {
            let byte = bytes[index]
            if byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") { return true }
        }
        return false
    }

    private mutating func write(escaping byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"):
            bytes.append(UInt8(ascii: "\\"))
            bytes.append(byte)
        case 0x0A:
            bytes.append(contentsOf: "\\n".utf8)
        case 0..<0x20:
            let digits = String(byte, radix: 16)
            bytes.append(contentsOf: (byte < 16 ? "\\u000" : "\\u00").utf8)
            bytes.append(contentsOf: digits.utf8)
        default:
            bytes.append(byte)
        }
    }
}

/// Writes as the value describes itself. What it writes to is one value, changed by whole words
/// and texts: every access to a class's property is checked, which byte by byte would cost most
/// of the time.
private final class Writer: Encoder {
    var text = Text()

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        text.beginObject()
        return KeyedEncodingContainer(Keyed(writer: self, depth: text.depth))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        text.beginArray()
        return Unkeyed(writer: self, depth: text.depth)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: self) }

    func write(_ value: Bool) { text.write(bare: value ? "true" : "false") }

    func write(_ value: some BinaryInteger) { text.write(bare: String(value)) }

    func null() { text.write(bare: "null") }

    func write<T: Encodable>(any value: T) throws {
        let (depth, start) = (text.depth, text.bytes.count)
        try value.encode(to: self)
        text.close(to: depth)
        // A type without properties writes nothing at all.
        if text.bytes.count == start { text.write(bare: "{}") }
    }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: Writer
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        name(key)
        writer.null()
    }

    private func name(_ key: Key) { writer.text.name(key.stringValue, at: depth) }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        name(key)
        try writer.write(any: value)
    }

    func encode(_ value: Bool, forKey key: Key) throws {
        name(key)
        writer.write(value)
    }

    func encode(_ value: String, forKey key: Key) throws {
        name(key)
        writer.text.write(value)
    }

    func encode(_ value: Int, forKey key: Key) throws {
        name(key)
        writer.write(value)
    }

    func encode(_ value: Double, forKey key: Key) throws {
        name(key)
        try writer.text.write(value)
    }

    func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws { try encodeOrNil(value, key) }

    private func encodeOrNil<T: Encodable>(_ value: T?, _ key: Key) throws {
        if let value { try encode(value, forKey: key) } else { encodeNil(forKey: key) }
    }

    // Without these the standard library's defaults would be taken, which leave nil out.
    func encodeIfPresent(_ value: Bool?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: String?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Int?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Double?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Float?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Int8?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Int16?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Int32?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: Int64?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: UInt?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: UInt8?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: UInt16?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: UInt32?, forKey key: Key) throws { try encodeOrNil(value, key) }
    func encodeIfPresent(_ value: UInt64?, forKey key: Key) throws { try encodeOrNil(value, key) }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        name(key)
        return writer.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        name(key)
        return writer.unkeyedContainer()
    }

    func superEncoder() -> any Encoder { writer }

    func superEncoder(forKey key: Key) -> any Encoder {
        name(key)
        return writer
    }
}

private struct Unkeyed: UnkeyedEncodingContainer {
    let writer: Writer
    let depth: Int
    var count = 0
    var codingPath: [any CodingKey] { [] }

    init(writer: Writer, depth: Int) {
        self.writer = writer
        self.depth = depth
    }

    mutating func next() {
        writer.text.separate(at: depth)
        count += 1
    }

    mutating func encodeNil() {
        next()
        writer.null()
    }

    mutating func encode<T: Encodable>(_ value: T) throws {
        next()
        try writer.write(any: value)
    }

    mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
        next()
        return writer.container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        next()
        return writer.unkeyedContainer()
    }

    mutating func superEncoder() -> any Encoder {
        next()
        return writer
    }
}

private struct Single: SingleValueEncodingContainer {
    let writer: Writer
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { writer.null() }
    func encode(_ value: Bool) { writer.write(value) }
    func encode(_ value: String) { writer.text.write(value) }
    func encode(_ value: Double) throws { try writer.text.write(value) }
    func encode(_ value: Float) throws { try writer.text.write(Double(value)) }
    func encode(_ value: Int) { writer.write(value) }
    func encode(_ value: Int8) { writer.write(value) }
    func encode(_ value: Int16) { writer.write(value) }
    func encode(_ value: Int32) { writer.write(value) }
    func encode(_ value: Int64) { writer.write(value) }
    func encode(_ value: UInt) { writer.write(value) }
    func encode(_ value: UInt8) { writer.write(value) }
    func encode(_ value: UInt16) { writer.write(value) }
    func encode(_ value: UInt32) { writer.write(value) }
    func encode(_ value: UInt64) { writer.write(value) }
    func encode<T: Encodable>(_ value: T) throws { try writer.write(any: value) }
}
