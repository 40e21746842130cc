import JSON
import Testing
import Validation

@Suite struct FieldTests {
    enum Colour: String, Choice {
        case red = "RED"
        case green = "GREEN"
    }

    struct Input: Decodable {
        let text: Text<2, 4>?
        let free: Text<0, 3>?
        let number: Whole<-1, 5>?
        let address: EmailAddress?
        let colour: Colour?
        let colours: AnyOf<Colour>?
        let id: Identifier?
        let time: Timestamp?
        let future: FutureDate?
        let object: FreeObject?
        let int: Int?
        let double: Double?
        let flag: Bool?
        let small: UInt8?
    }

    private func problem(_ field: String, _ value: JSON) -> String? {
        do {
            _ = try InputDecoder.decode(Input.self, from: .object([.init(field, value)]))
            return nil
        } catch {
            #expect(error.problems.count == 1)
            #expect(error.problems.first?.field == field)
            return error.problems.first?.message
        }
    }

    @Test(
        arguments: [
            ("text", "ab"), ("text", "abcd"), ("text", "é👋"), ("text", "a\n"), ("free", ""), ("free", "  \t"),
            ("number", -1), ("number", 5), ("number", .number(3.0)), ("colour", "GREEN"),
            ("colours", "RED"), ("colours", "GREEN,RED"),
            ("id", "01920000-0000-7000-8000-00000000000A"), ("time", "2026-11-21T09:00:00Z"),
            ("future", "9999-12-31T23:59:59Z"),
            ("object", [:]), ("object", ["a": [1, nil]]), ("int", 7), ("int", .number(7)), ("double", 7),
            ("double", .number(7.5)),
            ("flag", true), ("small", 255), ("text", nil), ("number", nil), ("object", nil),
        ] as [(String, JSON)])
    func accepts(field: String, value: JSON) { #expect(problem(field, value) == nil) }

    @Test(
        arguments: [
            ("text", "", "must not be empty"), ("text", "a", "must have 2 to 4 characters, not 1"),
            ("text", "abcde", "must have 2 to 4 characters, not 5"), ("text", "   ", "must not be blank"),
            ("text", "e\u{301}\u{301}\u{301}\u{301}", "must have 2 to 4 characters, not 5"),
            ("text", "a\u{7}", "must not have control characters"),
            ("text", "a\u{7F}", "must not have control characters"),
            ("text", "a\u{85}", "must not have control characters"), ("text", 12, "must be text"),
            ("text", ["ab"], "must be text"),
            ("free", "abcd", "must have 0 to 3 characters, not 4"),
            ("number", -2, "must be a whole number from -1 to 5"), ("number", 6, "must be a whole number from -1 to 5"),
            ("number", .number(0.5), "must be a whole number"), ("number", .number(1e300), "must be a whole number"),
            ("number", "3", "must be a whole number"), ("number", true, "must be a whole number"),
            ("colour", "BLUE", "must be one of RED, GREEN"), ("colour", "red", "must be one of RED, GREEN"),
            ("colour", 1, "must be text"), ("colours", ["RED"], "must be text"),
            ("colours", "RED,", "must be one or, with commas between them, several of RED, GREEN"),
            ("colours", "RED,BLUE", "must be one or, with commas between them, several of RED, GREEN"),
            ("colours", "RED, GREEN", "must be one or, with commas between them, several of RED, GREEN"),
            ("id", "", "must be an id such as 01920000-0000-7000-8000-000000000001"),
            ("time", "2026-11-21", "must be a date and time such as 2026-11-21T09:00:00.000Z"),
            ("future", "1999-12-31T23:59:59Z", "must be in the future"), ("object", [], "must be an object"),
            ("object", ["a": .string(String(repeating: "a", count: 4090))], "must not be larger than 4096 bytes"),
            ("int", "7", "must be a whole number"), ("double", "7.5", "must be a number"),
            ("flag", "true", "must be true or false"),
            ("flag", 1, "must be true or false"), ("small", 256, "is out of range"), ("small", -1, "is out of range"),
        ] as [(String, JSON, String)])
    func refuses(field: String, value: JSON, message: String) { #expect(problem(field, value) == message) }

    @Test func freeObjectsHaveALimitInBytes() {
        // {"a":"…"} has eight bytes beside the text.
        #expect(problem("object", ["a": .string(String(repeating: "a", count: 4088))]) == nil)
        #expect(problem("object", ["a": .string(String(repeating: "a", count: 4089))]) != nil)
    }

    @Test(arguments: [
        "a@b.co", "name@example.com", "first.last+tag@sub.example.co.uk", "!#$%&'*+/=?^_`{|}~-@example.com",
        "..@example.com",
        "a@1-2.example", "\(String(repeating: "a", count: 242))@example.com",
    ])
    func acceptsAddresses(address: String) { #expect(EmailAddress(address)?.value == address) }

    @Test(arguments: [
        "", "@", "a@", "@b.co", "a", "a@b", "a@b..co", "a@.b.co", "a@b.co.", "a@-b.co", "a@b-.co", "a b@c.de",
        "a@b c.de", "a@b@c.de",
        "a@b_c.de", "é@example.com", "a@exämple.com", "a@example.com\r\nBcc: x@example.com", "\"a\"@example.com",
        "a@\(String(repeating: "b", count: 64)).co", "\(String(repeating: "a", count: 243))@example.com",
    ])
    func refusesAddresses(address: String) { #expect(EmailAddress(address) == nil) }
}
