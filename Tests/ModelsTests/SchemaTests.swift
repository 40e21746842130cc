import JSON
import Models
import Testing

struct SchemaTests {
    private let schema = Schema([
        "type": "object", "additionalProperties": false, "required": ["evidence", "score", "level"],
        "properties": [
            "evidence": ["type": "array", "items": [
                "type": "object", "additionalProperties": false, "required": ["quote"], "properties": ["quote": ["type": "string"]],
            ]],
            "score": ["enum": [1, 2, 3, 4, 5]],
            "level": ["type": "string", "enum": ["insufficient evidence", "strong"]],
            "note": ["anyOf": [["type": "string"], ["type": "null"]]],
            "share": ["type": "number"],
        ],
    ])

    private func normalized(_ text: String) throws -> JSON { try schema.normalized(try JSON(parsing: text)) }

    private func mismatch(_ text: String) -> String? {
        do {
            _ = try normalized(text)
            return nil
        } catch let error as Schema.Mismatch {
            return error.description
        } catch {
            return "\(error)"
        }
    }

    @Test func takesWhatFits() throws {
        let text = #"{"evidence":[{"quote":"we met"}],"score":4,"level":"strong","note":null,"share":1}"#
        #expect(try normalized(text) == JSON(parsing: text))
    }

    @Test(arguments: ["Strong", "STRONG", " strong "])
    func spellsEnumerationsAsTheSchemaDoes(word: String) throws {
        #expect(try normalized(#"{"evidence":[],"score":4.0,"level":"\#(word)"}"#) == ["evidence": [], "score": 4, "level": "strong"])
    }

    @Test(arguments: ["Insufficient_Evidence", "insufficient-evidence", "InsufficientEvidence"])
    func separatorsDoNotMatter(word: String) throws {
        #expect(try normalized(#"{"evidence":[],"score":1,"level":"\#(word)"}"#)["level"] == "insufficient evidence")
    }

    @Test(arguments: [
        (#"{"score":4,"level":"strong"}"#, "evidence is missing"),
        (#"{"evidence":[{"quote":7}],"score":4,"level":"strong"}"#, "evidence[0].quote must be string"),
        (#"{"evidence":[{}],"score":4,"level":"strong"}"#, "evidence[0].quote is missing"),
        (#"{"evidence":[],"score":6,"level":"strong"}"#, "score must be one of 1, 2, 3, 4, 5"),
        (#"{"evidence":[],"score":"4","level":"strong"}"#, "score must be one of 1, 2, 3, 4, 5"),
        (#"{"evidence":[],"score":4,"level":"strongest"}"#, #"level must be one of "insufficient evidence", "strong""#),
        (#"{"evidence":[],"score":4,"level":"strong","note":7}"#, "note fits none of the alternatives"),
        (#"{"evidence":[],"score":4,"level":"strong","extra":7}"#, "the answer must have no other properties than the schema names"),
        (#"[]"#, "the answer must be object"),
    ])
    func saysWhatDoesNotFit(text: String, message: String) { #expect(mismatch(text) == message) }

    @Test func aMismatchHoldsNothingOfTheAnswer() {
        #expect(mismatch(#"{"evidence":[],"score":4,"level":"Mira Quillfeather"}"#)?.contains("Mira") == false)
    }

    @Test(arguments: [
        (["type": "object", "properties": [:]] as JSON, "schema lacks additionalProperties: false"),
        (["type": "object", "additionalProperties": false] as JSON, "schema lacks properties"),
        (["type": "integer", "minimum": 1] as JSON, "schema has minimum"),
        (["type": "array", "items": ["type": "string", "maxLength": 5]] as JSON, "schema[] has maxLength"),
        (["type": "string", "$ref": "#/x"] as JSON, "schema has $ref"),
    ] as [(JSON, String)])
    func refusesSchemasThatProvidersRefuse(schema: JSON, problem: String) { #expect(Schema(schema).problem == problem) }

    @Test func countsWhatProvidersCount() {
        func schema(_ count: Int, _ type: JSON) -> Schema {
            Schema(["type": "object", "additionalProperties": false, "required": [],
                "properties": .object((0..<count).map { .init("p\($0)", ["type": type]) })])
        }
        #expect(schema(24, "string").problem == nil)
        #expect(schema(25, "string").problem == "25 properties are optional; 24 may be")
        #expect(schema(17, ["string", "null"]).problem == "17 types are unions; 16 may be")
    }

    @Test func aVersionNamesTheSchema() {
        #expect(Schema(["type": "string"]).version.count == 16)
        #expect(Schema(["type": "string"]).version != Schema(["type": "integer"]).version)
    }
}
