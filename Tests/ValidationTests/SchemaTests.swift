import JSON
import Testing
import Validation

@Suite struct SchemaTests {
    struct Input: Codable {
        let title: Text<1, 10>
        let page: Whole<1, 9>?
        let tags: [String]
        let notes: [Note]?
        let colour: Colour
        let plain: String?
        let count: Int?
        let ratio: Double
        let flag: Bool?

        struct Note: Codable {
            let id: Identifier
            let text: String?
        }
        enum Colour: String, Choice { case red, green }
    }

    struct Nothing: Codable {}

    private func text(_ json: JSON?) -> String { json?.description ?? "missing" }

    @Test(arguments: [
        ("title", #"{"type":"string","minLength":1,"maxLength":10}"#),
        ("page", #"{"type":"integer","minimum":1,"maximum":9}"#),
        ("tags", #"{"type":"array","items":{"type":"string"}}"#),
        ("colour", #"{"type":"string","enum":["red","green"]}"#),
        ("plain", #"{"type":"string"}"#), ("count", #"{"type":"integer"}"#), ("ratio", #"{"type":"number"}"#),
        ("flag", #"{"type":"boolean"}"#),
        (
            "notes",
            #"{"type":"array","items":{"type":"object","properties":{"id":{"type":"string","format":"uuid"},"text":{"type":"string"}},"#
                + #""required":["id"],"additionalProperties":false}}"#
        ),
    ])
    func inputsSayWhatTheyAccept(property: String, schema: String) {
        #expect(text(JSON.inputSchema(of: Input.self)["properties"]?[property]) == schema)
    }

    @Test func inputsMayLeaveOutWhatIsOptional() {
        let schema = JSON.inputSchema(of: Input.self)
        #expect(schema["required"] == ["title", "tags", "colour", "ratio"])
        #expect(schema["additionalProperties"] == false)
    }

    @Test func outputsHaveEveryPropertyAndMarkTheNullableOnes() {
        let schema = JSON.outputSchema(of: Input.self)
        #expect(schema["required"] == ["title", "page", "tags", "notes", "colour", "plain", "count", "ratio", "flag"])
        #expect(text(schema["properties"]?["plain"]) == #"{"anyOf":[{"type":"string"},{"type":"null"}]}"#)
        #expect(text(schema["properties"]?["tags"]) == #"{"type":"array","items":{"type":"string"}}"#)
        let note = schema["properties"]?["notes"]?["anyOf"]?.elements.first?["items"]
        #expect(note?["required"] == ["id", "text"])
    }

    @Test(
        arguments: [
            (Identifier.self, "uuid"), (Timestamp.self, "date-time"), (FutureDate.self, "date-time"),
            (EmailAddress.self, "email"),
        ] as [(any Field.Type, String)])
    func fieldsStateTheirFormat(type: any Field.Type, format: String) {
        #expect(JSON.inputSchema(of: type)["format"]?.text == format)
        #expect(JSON.outputSchema(of: type) == JSON.inputSchema(of: type))
    }

    @Test(
        arguments: [
            Identifier.self, Timestamp.self, EmailAddress.self, Text<3, 9>.self, Whole<3, 9>.self, Input.Colour.self,
            FreeObject.self, String.self, Int.self, Double.self, Bool.self,
        ] as [any Field.Type])
    func examplesAreAcceptable(type: any Field.Type) throws {
        func accepts<F: Field>(_ type: F.Type) throws {
            let example = try JSON(encoding: type.example)
            #expect(try JSON(encoding: InputDecoder.decode(F.self, from: example)) == example)
        }
        try accepts(type)
    }

    @Test func aTypeWithoutPropertiesHasNone() {
        #expect(JSON.inputSchema(of: Nothing.self)["properties"]?.members.isEmpty ?? true)
    }
}
