import JSON
import Testing

@Suite struct ParserTests {
    @Test(
        arguments: [
            ("null", .null), (" true\r\n", .bool(true)), ("\tfalse", .bool(false)), ("0", .integer(0)),
            ("-0", .integer(0)),
            ("-12", .integer(-12)), ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
            ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1.5", .number(1.5)), ("1.0", .number(1)),
            ("1e3", .number(1000)), ("-2E-2", .number(-0.02)), ("2e+1", .number(20)), ("\"\"", .string("")),
            ("[]", .array([])), ("[ 1 , [ ] ]", [1, []]), ("{}", .object([])), ("{ \"a\" : 1 }", ["a": 1]),
            (#""\"\\\/\b\f\n\r\t""#, .string("\"\\/\u{8}\u{C}\n\r\t")), (#""\u00e9\uD83D\udc4b""#, .string("é👋")),
            (#""é👋\u0020""#, .string("é👋 ")), ("\"\u{7F}\u{2028}\"", .string("\u{7F}\u{2028}")),
        ] as [(String, JSON)])
    func reads(text: String, value: JSON) throws { #expect(try JSON(parsing: text) == value) }

    @Test(arguments: [
        ("", "the text ends too early", 0), ("nul", "a value was expected", 3), ("nulL", "a value was expected", 3),
        ("True", "a value was expected", 0), ("1 2", "nothing may follow the value", 2),
        ("{} ]", "nothing may follow the value", 3),
        ("01", "a number may not begin with 0", 2), ("-", "a value was expected", 1), ("+1", "a value was expected", 0),
        (".5", "a value was expected", 0), ("1.", "digits were expected after the point", 2),
        ("1e", "digits were expected in the exponent", 2), ("1e999", "a number out of range", 5),
        ("NaN", "a value was expected", 0),
        ("0x10", "nothing may follow the value", 1), ("[1,]", "a value was expected", 3),
        ("[1 2]", "a comma or ] was expected", 3),
        ("{\"a\":1,}", "a name in quotes was expected", 7), ("{a:1}", "a name in quotes was expected", 1),
        ("{\"a\" 1}", "a colon was expected", 5), ("{\"a\":1 \"b\":2}", "a comma or } was expected", 7),
        ("'a'", "a value was expected", 0), ("\"a", "a string has no end", 2), (#""\""#, "a string has no end", 3),
        ("\"a\nb\"", "a control character must be escaped", 2), (#""\x""#, "an unknown escape", 3),
        (#""\u12g4""#, "four hexadecimal digits were expected", 3),
        (#""\u12"#, "four hexadecimal digits were expected", 3),
        (#""\ud83d""#, "half of a surrogate pair", 7), (#""\ud83dx""#, "half of a surrogate pair", 7),
        (#""\ud83d\u0041""#, "half of a surrogate pair", 13), (#""\udc4b""#, "half of a surrogate pair", 7),
        (#""\u0000""#, "U+0000 is not accepted", 7), ("/* */ 1", "a value was expected", 0),
        ("\u{FEFF}1", "a value was expected", 0),
        (#"{"a":1,"a":1}"#, "a name stands twice in one object", 10),
        (#"{"a":1,"\u0061":2}"#, "a name stands twice in one object", 15),
    ])
    func refuses(text: String, message: String, offset: Int) {
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: text) }
        do { _ = try JSON(parsing: text) } catch {
            #expect(error.message == message)
            #expect(error.offset == offset)
        }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xE2, 0x82], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
        ] as [[UInt8]], [false, true])
    func refusesInvalidUTF8(bytes: [UInt8], isAfterEscape: Bool) {
        let start = isAfterEscape ? #""\n"# : "\""
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: Array(start.utf8) + bytes + [0x22]) }
    }

    @Test func aNameMayStandInSeveralObjects() throws {
        #expect(try JSON(parsing: #"[{"a":1},{"a":{"a":2}}]"#) == [["a": 1], ["a": ["a": 2]]])
    }

    @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
    func nestsToTheThirtySecondLevel(opener: String, closer: String) throws {
        func nested(_ levels: Int) -> String {
            String(repeating: opener, count: levels - 1) + "[]" + String(repeating: closer, count: levels - 1)
        }
        _ = try JSON(parsing: nested(32))
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: nested(33)) }
        #expect(throws: JSON.SyntaxError.self) { try JSON(parsing: String(repeating: opener, count: 1_000_000)) }
    }

    @Test func aTextCutAnywhereIsRefused() throws {
        let text = Array(#"{"a":[1.5e-3,true,null,"é\u00e9\ud83d\udc4b\\"],"b":{"c":-12},"d":""}"#.utf8)
        _ = try JSON(parsing: text)
        for length in 0..<text.count {
            #expect(throws: JSON.SyntaxError.self, "cut to \(length) bytes") {
                try JSON(parsing: Array(text[..<length]))
            }
        }
    }

    @Test func objectsKeepTheirOrder() throws {
        #expect(try JSON(parsing: #"{"b":1,"a":2,"c":3}"#).members.map(\.name) == ["b", "a", "c"])
    }
}
