import JSON
import Testing

@Suite struct WriterTests {
    struct Person: Codable, Equatable {
        var name: String?
        var age: Int?
        var weight: Double?
        var isKnown: Bool?
        var friends: [Person]?
        var small: UInt8?
        var extra: [String: Int]?
    }

    struct Nothing: Encodable {}

    struct Nested: Encodable {
        let first: Nothing
        let list: [Nothing]
        let last: Int?
    }

    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSON.text(of: value), as: UTF8.self)
    }

    @Test func absentPropertiesAreNull() throws {
        #expect(
            try text(Person(name: "Ada", friends: [Person(age: 3)]))
                == #"{"name":"Ada","age":null,"weight":null,"isKnown":null,"#
                + #""friends":[{"name":null,"age":3,"weight":null,"isKnown":null,"friends":null,"small":null,"extra":null}],"#
                + #""small":null,"extra":null}"#)
    }

    @Test func aTypeWithoutPropertiesIsAnEmptyObject() throws {
        #expect(try text(Nothing()) == "{}")
        #expect(
            try text(Nested(first: Nothing(), list: [Nothing(), Nothing()], last: nil))
                == #"{"first":{},"list":[{},{}],"last":null}"#)
    }

    @Test(arguments: [
        ("\"", #""\"""#), ("\\", #""\\""#), ("/", #""/""#), ("\n", #""\n""#), ("\t", #""\u0009""#),
        ("\u{1F}", #""\u001f""#),
        ("\u{0}", #""\u0000""#), ("\u{7F}é👋\u{2028}", "\"\u{7F}é👋\u{2028}\""), ("</script>", #""</script>""#),
    ])
    func escapesWhatItMust(value: String, expected: String) throws { #expect(try text(value) == expected) }

    @Test(arguments: [Double.nan, .infinity, -.infinity])
    func refusesWhatIsNoNumber(value: Double) {
        #expect(throws: EncodingError.self) { try JSON.text(of: [value]) }
        #expect(throws: EncodingError.self) { try JSON.text(of: Person(weight: value)) }
    }

    @Test(arguments: [0, 1, -1, 0.1, 1e300, .leastNonzeroMagnitude, 1.7976931348623157e308, 123456789.125, 1e16, 1e21])
    func numbersKeepTheirValue(value: Double) throws {
        #expect(try JSON(parsing: JSON.text(of: value)) == .number(value))
    }

    @Test(arguments: 0..<200)
    func everyValueComesBackAsItWas(seed: UInt64) throws {
        var generator = Generator(state: seed)
        let value = generator.value(depth: 0)
        let written = try JSON.text(of: value)
        #expect(try JSON(parsing: written) == value)
        #expect(try JSON.text(of: JSON(parsing: written)) == written)
        #expect(try JSON(encoding: value) == value)
    }
}

/// Values from a seed: SplitMix64 (https://prng.di.unimi.it/splitmix64.c).
private struct Generator {
    var state: UInt64

    mutating func next(_ bound: Int) -> Int {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return Int((mixed ^ (mixed >> 31)) % UInt64(bound))
    }

    mutating func text() -> String {
        let scalars: [ClosedRange<UInt32>] = [
            0x01...0x1F, 0x20...0x7F, 0x80...0x7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF,
        ]
        var text = String.UnicodeScalarView()
        for _ in 0..<next(12) {
            let range = scalars[next(scalars.count)]
            let code = range.lowerBound + UInt32(next(range.count))
            if let scalar = Unicode.Scalar(code) { text.append(scalar) }
        }
        return String(text)
    }

    mutating func value(depth: Int) -> JSON {
        switch next(depth < 5 ? 8 : 6) {
        case 0: return .null
        case 1: return .bool(next(2) == 0)
        case 2: return .integer(next(.max) - .max / 2)
        case 3: return .number(Double(next(1 << 53)) / 1024 + 0.5)
        case 4, 5: return .string(text())
        case 6: return .array((0..<next(5)).map { _ in value(depth: depth + 1) })
        default:
            return .object((0..<next(5)).map { number in JSON.Member("\(number)\(text())", value(depth: depth + 1)) })
        }
    }
}
