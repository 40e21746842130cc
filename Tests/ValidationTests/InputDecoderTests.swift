import JSON
import Testing
import Validation

@Suite struct InputDecoderTests {
    struct Answer: Codable, Equatable {
        let question: Identifier
        let score: Int?
        let tags: [String]
    }

    struct Input: Decodable {
        let title: Text<1, 10>
        let page: Whole<1, 9>?
        let ratio: Double?
        let isOpen: Bool?
        let answers: [Answer]
        let author: Author?

        struct Author: Decodable {
            let email: EmailAddress
            let age: Whole<18, 99>?
        }
    }

    struct Nothing: Decodable {}

    struct Holder: Decodable { let inside: Nothing? }

    private let id = "01920000-0000-7000-8000-000000000001"

    private func problems(_ text: String, textual: Set<String> = [], leniency: InputDecoder.Leniency = []) throws
        -> [String]
    {
        let json = try JSON(parsing: text)
        do {
            _ = try InputDecoder.decode(Input.self, from: json, textual: textual, leniency: leniency)
            return []
        } catch {
            return error.problems.map { "\($0.field) \($0.message)" }.sorted()
        }
    }

    @Test func decodesWhatIsRight() throws {
        let json = try JSON(
            parsing:
                #"{"title":"T","page":2,"answers":[{"question":"\#(id)","score":null,"tags":["a","b"]}],"author":null}"#
        )
        let input = try InputDecoder.decode(Input.self, from: json)
        #expect(input.title.value == "T")
        #expect(input.page?.value == 2)
        #expect(input.answers == [Answer(question: try #require(Identifier(id)), score: nil, tags: ["a", "b"])])
        #expect(input.author == nil)
    }

    @Test func namesAllProblemsAtOnce() throws {
        let text = #"""
            {"title": "", "page": 0, "ratio": "1", "more": 1, "author": {"email": "a", "age": 17, "name": "x"},
             "answers": [{"question": "1", "score": 1, "tags": []}, 7, {"score": "x", "tags": ["a", 2], "note": ""}]}
            """#
        #expect(
            try problems(text) == [
                "answers.0.question must be an id such as \(id)", "answers.1 must be an object",
                "answers.2.note is not a known field",
                "answers.2.question is required", "answers.2.score must be a whole number",
                "answers.2.tags.1 must be text",
                "author.age must be a whole number from 18 to 99",
                "author.email must be an e-mail address such as name@example.com",
                "author.name is not a known field", "more is not a known field",
                "page must be a whole number from 1 to 9",
                "ratio must be a number", "title must not be empty",
            ])
    }

    @Test(arguments: [
        ("{}", ["answers is required", "title is required"]),
        (#"{"title":null,"answers":null}"#, ["answers is required", "title is required"]),
        (#"{"title":"a","answers":{}}"#, ["answers must be an array"]),
        (#"{"title":"a","answers":[null]}"#, ["answers.0 must be an object"]),
        (#"{"title":"a","answers":[],"author":{}}"#, ["author.email is required"]),
        (#"{"title":"a","answers":[],"author":[]}"#, ["author must be an object"]),
        ("[]", [" must be an object"]), ("null", [" must be an object"]), (#""text""#, [" must be an object"]),
    ])
    func namesWhatIsMissing(text: String, expected: [String]) throws { #expect(try problems(text) == expected) }

    @Test func textFormsAreForPathsAndQueriesOnly() throws {
        let text =
            #"{"title":"a","page":"2","ratio":"0.5","isOpen":"true","answers":[{"question":"\#(id)","score":"1","tags":[]}]}"#
        #expect(
            try problems(text, textual: ["title", "page"]) == [
                "answers.0.score must be a whole number", "isOpen must be true or false", "ratio must be a number",
            ])
        #expect(try problems(text, textual: ["page", "ratio", "isOpen"]) == ["answers.0.score must be a whole number"])
        let input = try InputDecoder.decode(
            Input.self, from: JSON(parsing: #"{"title":"a","page":"2","ratio":"0.5","isOpen":"false","answers":[]}"#),
            textual: ["page", "ratio", "isOpen"])
        #expect(input.page?.value == 2 && input.ratio == 0.5 && input.isOpen == false)
    }

    @Test(arguments: [
        (#"{"page":"0"}"#, "page must be a whole number from 1 to 9"),
        (#"{"page":"1.5"}"#, "page must be a whole number"),
        (#"{"page":" 1"}"#, "page must be a whole number"), (#"{"page":"١"}"#, "page must be a whole number"),
        (#"{"ratio":"nan"}"#, "ratio must be a number"), (#"{"ratio":"inf"}"#, "ratio must be a number"),
        (#"{"isOpen":"yes"}"#, "isOpen must be true or false"), (#"{"isOpen":"1"}"#, "isOpen must be true or false"),
    ])
    func textFormsAreCheckedToo(text: String, message: String) throws {
        #expect(
            try problems(text, textual: ["page", "ratio", "isOpen"]).filter { !$0.hasSuffix("is required") } == [
                message
            ])
    }

    @Test func unknownMembersCanBePassedOver() throws {
        let text = #"{"title":"a","answers":[],"more":1,"author":{"email":"a@b.co","name":"x"}}"#
        #expect(try problems(text) == ["author.name is not a known field", "more is not a known field"])
        #expect(try problems(text, leniency: .unknownMembers) == [])
    }

    @Test func aTypeWithoutPropertiesKnowsNoField() throws {
        _ = try InputDecoder.decode(Nothing.self, from: [:])
        _ = try InputDecoder.decode(Nothing.self, from: ["a": 1], leniency: .unknownMembers)
        #expect(throws: Rejection([Problem(field: "a", message: "is not a known field")])) {
            try InputDecoder.decode(Nothing.self, from: ["a": 1])
        }
        #expect(throws: Rejection([Problem(field: "inside.a", message: "is not a known field")])) {
            try InputDecoder.decode(Holder.self, from: ["inside": ["a": 1]])
        }
    }
}
