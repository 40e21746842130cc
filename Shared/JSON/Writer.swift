extension JSON {
    /// The JSON text of a value.
    ///
    /// Every property is written, an absent one as `null`: who reads the answer never has to
    /// tell "missing" from "null". (The standard library's own encoders leave nil out.)
    /// - Throws: `EncodingError` for a number that is not finite, and what the value itself throws.
    public static func text(of value: some Encodable) throws -> [UInt8] {
        let writer = Writer()
        try writer.write(any: value)
        return writer.bytes
    }
}

extension JSON: CustomStringConvertible {
    /// The JSON text.
    public var description: String {
        (try? JSON.text(of: self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }
}

/// Writes into one growing buffer as the value describes itself. A container is closed when
/// something is written outside it, since `Encoder` has no "end of container".
private final class Writer: Encoder {
    var bytes: [UInt8] = []
    private var closers: [UInt8] = []
    private var isFirst: [Bool] = []

    init() { bytes.reserveCapacity(1024) }

    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }
    var depth: Int { closers.count }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        open("{", "}")
        return KeyedEncodingContainer(Keyed(writer: self, depth: depth))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        open("[", "]")
        return Unkeyed(writer: self, depth: depth)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(writer: self) }

    func open(_ opener: Unicode.Scalar, _ closer: Unicode.Scalar) {
        bytes.append(UInt8(ascii: opener))
        closers.append(UInt8(ascii: closer))
        isFirst.append(true)
    }

    func close(to depth: Int) {
        while closers.count > depth {
            bytes.append(closers.removeLast())
            isFirst.removeLast()
        }
    }

    /// Closes what is deeper than the container at `depth` and separates its next element.
    func separate(at depth: Int) {
        close(to: depth)
        if isFirst[depth - 1] { isFirst[depth - 1] = false } else { bytes.append(UInt8(ascii: ",")) }
    }

    func name(_ name: String, at depth: Int) {
        separate(at: depth)
        write(name)
        bytes.append(UInt8(ascii: ":"))
    }

    func null() { bytes.append(contentsOf: [0x6E, 0x75, 0x6C, 0x6C]) }

    func write(_ value: Bool) { bytes.append(contentsOf: (value ? "true" : "false").utf8) }

    func write(_ value: some BinaryInteger) { bytes.append(contentsOf: String(value).utf8) }

    func write(_ value: Double) throws {
        guard value.isFinite else {
            throw EncodingError.invalidValue(value, .init(codingPath: [], debugDescription: "not a finite number"))
        }
        bytes.append(contentsOf: value.description.utf8)
    }

    func write(_ value: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    func write<T: Encodable>(any value: T) throws {
        switch value {
        case let value as String: write(value)
        case let value as Int: write(value)
        case let value as Bool: write(value)
        case let value as Double: try write(value)
        default:
            let (depth, start) = (depth, bytes.count)
            try value.encode(to: self)
            close(to: depth)
            // A type without properties writes nothing at all.
            if bytes.count == start { bytes.append(contentsOf: "{}".utf8) }
        }
    }
}

private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let writer: Writer
    let depth: Int
    var codingPath: [any CodingKey] { [] }

    func encodeNil(forKey key: Key) {
        writer.name(key.stringValue, at: depth)
        writer.null()
    }

    func encode<T: Encodable>(_ value: T, forKey key: Key) throws {
        writer.name(key.stringValue, at: depth)
        try writer.write(any: value)
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
        writer.name(key.stringValue, at: depth)
        return writer.container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        writer.name(key.stringValue, at: depth)
        return writer.unkeyedContainer()
    }

    func superEncoder() -> any Encoder { writer }

    func superEncoder(forKey key: Key) -> any Encoder {
        writer.name(key.stringValue, at: depth)
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
        writer.separate(at: depth)
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
    func encode(_ value: String) { writer.write(value) }
    func encode(_ value: Double) throws { try writer.write(value) }
    func encode(_ value: Float) throws { try writer.write(Double(value)) }
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
