import JSON
import Testing

@testable import Generation

@Suite struct GenerationTests {
    /// What `Function describe` would print, with what a test cares about changed.
    private static func declaration(_ name: String, _ method: String, _ path: String, _ changes: [String: JSON] = [:])
        -> Declaration
    {
        let parameters = path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            JSON.string(String($0.dropFirst().dropLast()))
        }
        var members: [String: JSON] = [
            "name": .string(name), "summary": .string("Do \(name)"), "method": .string(method), "path": .string(path),
            "pathParameters": .array(parameters), "isInternal": false, "access": "anyone", "credential": nil,
            "input": ["type": "object", "properties": [:], "required": []], "output": nil, "status": 200,
            "failures": [["code": "UNAVAILABLE", "status": 503]], "subscribesTo": [], "bodyLimit": 65536, "workers": 1,
        ]
        members.merge(changes) { _, new in new }
        return Declaration(json: .object(members.map { JSON.Member($0.key, $0.value) }))
    }

    private let id: JSON = ["type": "string", "format": "uuid"]

    private var all: [Declaration] {
        [
            Self.declaration(
                "AddRoom", "POST", "/api/rooms",
                [
                    "credential": "cookie", "status": 201, "output": ["type": "object"],
                    "input": [
                        "properties": ["name": ["type": "string"], "size": ["type": "integer"]], "required": ["name"],
                    ],
                    "failures": [
                        ["code": "AUTH_REQUIRED", "status": 401], ["code": "INVALID_TOKEN", "status": 401],
                        ["code": "CONFLICT", "status": 409],
                    ],
                ]),
            Self.declaration(
                "Clean", "POST", "/hooks/clean",
                ["credential": "signature", "subscribesTo": ["room.left", "day.ended"], "status": 204]),
            Self.declaration("Guard", "PUT", "/files/{file}", ["isInternal": true]),
            Self.declaration(
                "ListRooms", "GET", "/api/rooms",
                ["input": ["properties": ["page": ["type": "integer"]], "required": []], "output": ["type": "array"]]),
            Self.declaration(
                "Ring", "POST", "/hooks/ring", ["credential": "signature", "subscribesTo": ["room.left"]]),
            Self.declaration(
                "ShowRoom", "GET", "/api/rooms/{id}",
                [
                    "input": ["properties": ["id": id, "lang": ["type": "string"]], "required": ["id", "lang"]],
                    "output": ["type": "object"],
                ]),
        ]
    }

    @Test func anExampleKeepsWhatIsTestedAndFillsInTheRest() {
        let schema: JSON = [
            "type": "object",
            "properties": [
                "id": id, "name": ["type": "string"], "size": ["type": "integer", "minimum": 3],
                "left": ["anyOf": [["type": "string", "format": "date-time"], ["type": "null"]]],
                "note": ["type": "string"], "ownerEmail": ["type": "string"],
                "beds": ["type": "array", "items": ["type": "object", "properties": ["id": id, "wide": ["type": "boolean"]],
                    "required": ["id", "wide"]]],
            ],
            "required": ["id", "name", "size", "left", "ownerEmail", "beds"],
        ]
        let example = Example(["path": ["id": "7"], "expect": ["body": ["name": "Attic", "beds": [["wide": false]]]]])
        #expect(example.parameter("id") == "7")
        #expect(example.parameter("lang") == nil)
        #expect(example.answer(schema) == [
            "id": "01920000-0000-7000-8000-000000000001", "name": "Attic", "size": 3, "left": nil,
            "ownerEmail": "grace@candidates.example",
            "beds": [["id": "01920000-0000-7000-8000-000000000001", "wide": false]],
        ])
    }

    @Test func theDocumentHoldsTheExamples() throws {
        var declaration = try #require(all.first { $0.name == "ShowRoom" })
        declaration.example = Example(["path": ["id": "7"], "query": ["lang": "de"], "expect": ["body": ["name": "Attic"]]])
        let operation = try #require(
            OpenAPI.document([("Rooms", declaration)])["paths"]?["/api/rooms/{id}"]?["get"])
        #expect((operation["parameters"]?.elements ?? []).map { $0["example"] } == ["7", "de"])
        #expect(operation["responses"]?["200"]?["content"]?["application/json"]?["example"] == ["name": "Attic"])
    }

    @Test func anExactPathHasNoMethodsOfPatternsThatFitIt() {
        let routes = Tables.routes([
            Self.declaration("ChangeRoom", "PATCH", "/api/rooms/{id}"), Self.declaration("FillRooms", "POST", "/api/rooms/fill"),
            Self.declaration("ShowRoom", "GET", "/api/rooms/{id}"),
        ])
        for request in ["GET /api/rooms/fill", "HEAD /api/rooms/fill", "PATCH /api/rooms/fill"] {
            #expect(routes.contains("    \"\(request)\" \"\";\n"))
        }
        #expect(routes.contains("    \"POST /api/rooms/fill\" FillRooms;\n"))
        #expect(!routes.contains("\"POST /api/rooms/fill\" \"\""))
        #expect(routes.contains("    /api/rooms/fill \"POST\";\n"))
    }

    @Test func routesMapRequestsToFunctions() {
        #expect(
            Tables.routes(all.filter { !$0.path.hasPrefix("/hooks") }) == Tables.notice + #"""
                map "$request_method $uri" $function {
                    default "";
                    "POST /api/rooms" AddRoom;
                    "GET /api/rooms" ListRooms;
                    "HEAD /api/rooms" ListRooms;
                    "~^GET /api/rooms/[^/]+$" ShowRoom;
                    "~^HEAD /api/rooms/[^/]+$" ShowRoom;
                }

                map $uri $allow {
                    default "";
                    /api/rooms "GET, POST";
                    "~^/api/rooms/[^/]+$" "GET";
                }

                map $function $template {
                    default "";
                    AddRoom "/api/rooms";
                    ListRooms "/api/rooms";
                    ShowRoom "/api/rooms/{id}";
                }

                """#)
    }

    @Test func everyFunctionIsActivatedByItsSocket() {
        #expect(
            Tables.activation(Array(all.prefix(3))) == Tables.notice + """
                @RUN@/sockets/AddRoom.sock stream unix wait @USER@ @FUNCTIONS@/AddRoom AddRoom
                @RUN@/sockets/Clean.sock stream unix wait @USER@ @FUNCTIONS@/Clean Clean
                @RUN@/sockets/Guard.sock stream unix wait @USER@ @FUNCTIONS@/Guard Guard

                """)
    }

    @Test func subscriptionsAreSortedRows() {
        #expect(
            Tables.subscriptions(all).split(separator: "\n").suffix(3) == [
                "    ('day.ended', 'Clean', '/hooks/clean'),", "    ('room.left', 'Clean', '/hooks/clean'),",
                "    ('room.left', 'Ring', '/hooks/ring');",
            ])
    }

    private var paths: JSON { OpenAPI.document(all.map { ("Rooms", $0) })["paths"] ?? [:] }

    @Test func theDocumentHasOpenPathsInOrder() {
        #expect(paths.members.map(\.name) == ["/api/rooms", "/api/rooms/{id}", "/hooks/clean", "/hooks/ring"])
        #expect(paths["/api/rooms"]?.members.map(\.name) == ["post", "get"])
        #expect(paths["/api/rooms"]?["post"]?["operationId"] == "AddRoom")
        #expect(paths["/api/rooms"]?["post"]?["tags"] == ["Rooms"])
    }

    @Test func inputsOfReadsAreParameters() {
        #expect(
            paths["/api/rooms/{id}"]?["get"]?["parameters"] == [
                ["name": "id", "in": "path", "required": true, "schema": id],
                ["name": "lang", "in": "query", "required": true, "schema": ["type": "string"]],
            ])
        #expect(paths["/api/rooms"]?["get"]?["parameters"]?.elements.first?["required"] == false)
        #expect(paths["/api/rooms"]?["get"]?["requestBody"] == nil)
    }

    @Test func inputsOfChangesAreTheBody() {
        let schema = paths["/api/rooms"]?["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]
        #expect(schema?["properties"]?.members.map(\.name) == ["name", "size"])
        #expect(schema?["required"] == ["name"])
        #expect(schema?["additionalProperties"] == false)
        #expect(paths["/hooks/clean"]?["post"]?["requestBody"] == nil)
    }

    @Test func responsesAreGroupedByStatus() {
        let responses = paths["/api/rooms"]?["post"]?["responses"]
        #expect(responses?.members.map(\.name) == ["201", "401", "409", "422"])
        #expect(responses?["401"]?["description"] == "AUTH_REQUIRED, INVALID_TOKEN")
        #expect(
            responses?["409"]?["content"]?["application/problem+json"]?["schema"]?["$ref"]
                == "#/components/schemas/Problem")
        #expect(paths["/hooks/clean"]?["post"]?["responses"]?["204"]?["content"] == nil)
    }

    @Test func credentialsAreSecurity() {
        #expect(paths["/api/rooms"]?["post"]?["security"] == [["cookie": []]])
        #expect(paths["/hooks/ring"]?["post"]?["security"] == [["signature": []]])
        #expect(paths["/api/rooms"]?["get"]?["security"] == nil)
    }

    @Test func indentedTextIsTheSameValue() throws {
        let document = OpenAPI.document(all.map { ("Rooms", $0) })
        #expect(try JSON(parsing: document.indented()) == document)
        #expect(
            (["a": [1, 2], "b": [["c": [:]]], "d": []] as JSON).indented() == """
                {
                  "a": [1,2],
                  "b": [
                    {
                      "c": {}
                    }
                  ],
                  "d": []
                }
                """)
    }
}
