extension JSON {
    /// Why a text is not acceptable JSON, and where.
    public struct SyntaxError: Error, Sendable, Equatable {
        /// A sentence fragment for people, such as "a comma or } was expected".
        public let message: String
        /// The offset in bytes at which parsing stopped.
        public let offset: Int
    }

    /// Reads one JSON text.
    ///
    /// Stricter than RFC 8259 asks, because what arrives here comes from strangers: a name may
    /// stand only once in an object (parsers that disagree on which one wins are a way to smuggle),
    /// nesting deeper than 32 levels is refused, and so is U+0000, which PostgreSQL cannot store.
    public init(parsing bytes: [UInt8]) throws(SyntaxError) {
        var parser = Parser(bytes: bytes)
        self = try parser.document()
    }

    public init(parsing text: String) throws(SyntaxError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct Parser {
    static let deepest = 32
    /// The names of an object up to so many are compared with each other, which is quicker than
    /// hashing them; more are hashed, so that a stranger's object takes no quadratic time.
    static let fewNames = 16

    let bytes: [UInt8]
    var position = 0

    mutating func document() throws(JSON.SyntaxError) -> JSON {
        let value = try value(depth: 0)
        skipSpace()
        guard position == bytes.count else { throw error("nothing may follow the value") }
        return value
    }

    mutating func value(depth: Int) throws(JSON.SyntaxError) -> JSON {
        guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
        skipSpace()
        guard position < bytes.count else { throw error("the text ends too early") }
        switch bytes[position] {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    mutating func object(depth: Int) throws(JSON.SyntaxError) -> JSON {
        position += 1
        var members: [JSON.Member] = []
        var names: Set<String> = []
        skipSpace()
        if take("}") { return .object([]) }
        repeat {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("a name in quotes was expected")
            }
            let name = try string()
            if members.count == Self.fewNames { names = Set(members.map(\.name)) }
            let isNew =
                members.count < Self.fewNames
                ? !members.contains { $0.name == name } : names.insert(name).inserted
            guard isNew else { throw error("a name stands twice in one object") }
            skipSpace()
            guard take(":") else { throw error("a colon was expected") }
            members.append(JSON.Member(name, try value(depth: depth + 1)))
            skipSpace()
        } while take(",")
        guard take("}") else { throw error("a comma or } was expected") }
        return .object(members)
    }

    mutating func array(depth: Int) throws(JSON.SyntaxError) -> JSON {
        position += 1
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array([]) }
        repeat {
            elements.append(try value(depth: depth + 1))
            skipSpace()
        } while take(",")
        guard take("]") else { throw error("a comma or ] was expected") }
        return .array(elements)
    }

    mutating func string() throws(JSON.SyntaxError) -> String {
        position += 1
        let start = position
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                let text = try utf8(bytes.span.extracting(start..<position))
                position += 1
                return text
            case UInt8(ascii: "\\"):
                return try escapedString(from: start)
            case 0..<0x20:
                throw error("a control character must be escaped")
            default:
                position += 1
            }
        }
        throw error("a string has no end")
    }

    /// Continues a string at its first escape; most strings have none and never come here.
    private mutating func escapedString(from start: Int) throws(JSON.SyntaxError) -> String {
        var decoded = Array(bytes[start..<position])
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                return try utf8(decoded.span)
            case UInt8(ascii: "\\"):
                decoded.append(contentsOf: Array(String(try escape()).utf8))
            case 0..<0x20:
                throw error("a control character must be escaped")
            default:
                decoded.append(byte)
            }
        }
        throw error("a string has no end")
    }

    private mutating func escape() throws(JSON.SyntaxError) -> Unicode.Scalar {
        guard position < bytes.count else { throw error("a string has no end") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicodeEscape()
        default: throw error("an unknown escape")
        }
    }

    private mutating func unicodeEscape() throws(JSON.SyntaxError) -> Unicode.Scalar {
        var code = try hexDigits()
        if (0xD800..<0xDC00).contains(code) {
            guard take("\\"), take("u") else { throw error("half of a surrogate pair") }
            let low = try hexDigits()
            guard (0xDC00..<0xE000).contains(low) else { throw error("half of a surrogate pair") }
            code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
        }
        guard code != 0 else { throw error("U+0000 is not accepted") }
        guard let scalar = Unicode.Scalar(code) else { throw error("half of a surrogate pair") }
        return scalar
    }

    private mutating func hexDigits() throws(JSON.SyntaxError) -> UInt32 {
        guard position + 4 <= bytes.count else { throw error("four hexadecimal digits were expected") }
        var code: UInt32 = 0
        for byte in bytes[position..<position + 4] {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw error("four hexadecimal digits were expected")
            }
            code = code << 4 | UInt32(digit)
        }
        position += 4
        return code
    }

    private func utf8(_ bytes: Span<UInt8>) throws(JSON.SyntaxError) -> String {
        do { return String(copying: try UTF8Span(validating: bytes)) } catch { throw self.error("not valid UTF-8") }
    }

    mutating func number() throws(JSON.SyntaxError) -> JSON {
        let start = position
        _ = take("-")
        let whole = digits()
        guard whole > 0 else { throw error("a value was expected") }
        guard whole == 1 || bytes[position - whole] != UInt8(ascii: "0") else {
            throw error("a number may not begin with 0")
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            guard digits() > 0 else { throw error("digits were expected after the point") }
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("+") { _ = take("-") }
            guard digits() > 0 else { throw error("digits were expected in the exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger, let value = Int(text) { return .integer(value) }
        guard let value = Double(text), value.isFinite else { throw error("a number out of range") }
        return .number(value)
    }

    /// Skips digits and tells how many there were.
    private mutating func digits() -> Int {
        let start = position
        while position < bytes.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[position]) {
            position += 1
        }
        return position - start
    }

    private mutating func word(_ word: StaticString, _ value: JSON) throws(JSON.SyntaxError) -> JSON {
        for scalar in "\(word)".utf8 {
            guard position < bytes.count, bytes[position] == scalar else { throw error("a value was expected") }
            position += 1
        }
        return value
    }

    private mutating func skipSpace() {
        while position < bytes.count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private func error(_ message: String) -> JSON.SyntaxError {
        JSON.SyntaxError(message: message, offset: position)
    }
}
