public import JSON

/// The OpenAPI 3.1 document: https://spec.openapis.org/oas/v3.1.0
public enum OpenAPI {
    /// - Parameter functions: each route with the area its file is in, which becomes its tag.
    public static func document(_ functions: [(area: String, declaration: Declaration)]) -> JSON {
        let open = functions.filter { !$0.declaration.isInternal }
        let paths = Set(open.map(\.declaration.path)).sorted().map { path -> JSON.Member in
            let operations = open.filter { $0.declaration.path == path }.map { function in
                JSON.Member(
                    function.declaration.method.lowercased(), operation(function.declaration, tag: function.area))
            }
            return JSON.Member(path, .object(operations))
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Parley", "version": "1",
                "description":
                    "Asynchronous video interviews: create and send them, record answers, review and score.",
                "license": ["name": "MIT", "identifier": "MIT"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(Areas.ordered(Set(open.map(\.area))).map { area in
                ["name": .string(area.folder), "x-displayName": .string(area.title), "description": .string(area.text)]
            }),
            "paths": .object(paths),
            "webhooks": webhooks,
            "components": [
                "schemas": ["Problem": problem],
                "securitySchemes": [
                    "cookie": ["type": "apiKey", "in": "cookie", "name": "parley_session"],
                    "signature": [
                        "type": "apiKey", "in": "header", "name": "webhook-signature",
                        "description": "Standard Webhooks, with webhook-id and webhook-timestamp: https://www.standardwebhooks.com",
                    ],
                    "svix": [
                        "type": "apiKey", "in": "header", "name": "svix-signature",
                        "description": "Standard Webhooks under the names of Svix, with svix-id and svix-timestamp: https://docs.svix.com/receiving/verifying-payloads/how-manual",
                    ],
                    "notice": [
                        "type": "apiKey", "in": "header", "name": "authorization",
                        "description": "The token that the blob store's provider was given, or the provider's own signature of the body",
                    ],
                ],
            ],
        ]
    }

    private static func operation(_ declaration: Declaration, tag: String) -> JSON {
        let json = declaration.json
        var members: [JSON.Member] = [
            .init("operationId", .string(declaration.name)),
            .init("summary", .string(declaration.summary)),
            .init("tags", [.string(tag)]),
            // Who may call: a recruiter, a candidate, the service itself, or anyone.
            .init("x-caller", json["access"] ?? .null),
        ]
        let example = declaration.example
        let inPath = (json["pathParameters"]?.elements ?? []).compactMap(\.text)
        let properties = json["input"]?["properties"]?.members ?? []
        let required = Set((json["input"]?["required"]?.elements ?? []).compactMap(\.text))
        let isQuery = declaration.method == "GET" || declaration.method == "DELETE"
        var parameters = inPath.map { name -> JSON in
            let schema = properties.first { $0.name == name }?.value ?? ["type": "string"]
            return parameter(name, in: "path", isRequired: true, schema, example?.parameter(name))
        }
        let rest = properties.filter { !inPath.contains($0.name) }
        if isQuery {
            parameters += rest.map { property in
                parameter(
                    property.name, in: "query", isRequired: required.contains(property.name), property.value,
                    example?.parameter(property.name))
            }
        }
        if KeyedRequests.include(declaration) { parameters.append(KeyedRequests.parameter) }
        if !parameters.isEmpty { members.append(.init("parameters", .array(parameters))) }
        if !isQuery, !rest.isEmpty {
            // An event's envelope is not described, for it is the same for all.
            let body = json["credential"] == "signature" ? example?.body?["data"] : example?.body
            var schema: JSON = [
                "type": "object", "properties": .object(rest),
                "required": .array(rest.filter { required.contains($0.name) }.map { .string($0.name) }),
                "additionalProperties": false,
            ]
            if ["signature", "svix"].contains(json["credential"]) { schema = schema.withMoreMembers }
            var contents: [JSON.Member] = [.init("application/json", content(schema, body))]
            if json["fileLimit"] != .null, json["fileLimit"] != nil {
                contents.append(.init("multipart/form-data", content(schema.withFile, body?.withFile(schema.requiredNames))))
            }
            members.append(
                .init(
                    "requestBody",
                    ["required": true, "content": .object(contents), "x-max-bytes": json["bodyLimit"] ?? .null]))
        }
        members.append(.init("responses", responses(declaration)))
        if let credential = json["credential"]?.text, ["cookie", "signature", "svix", "notice"].contains(credential) {
            members.append(.init("security", [.object([.init(credential, [])])]))
        }
        return .object(members)
    }

    private static func parameter(
        _ name: String, in place: String, isRequired: Bool, _ schema: JSON, _ example: JSON?
    ) -> JSON {
        let members: [JSON.Member] = [
            .init("name", .string(name)), .init("in", .string(place)), .init("required", .bool(isRequired)),
            .init("schema", schema),
        ]
        return .object(members + (example.map { [.init("example", $0)] } ?? []))
    }

    private static func content(_ schema: JSON, _ example: JSON?) -> JSON {
        .object([.init("schema", schema)] + (example.map { [.init("example", $0)] } ?? []))
    }

    private static func responses(_ declaration: Declaration) -> JSON {
        let (json, example) = (declaration.json, declaration.example)
        var responses: [JSON.Member] = []
        if case .integer(let status)? = json["status"] {
            var success: [JSON.Member] = [.init("description", "Success")]
            if let mediaType = json["mediaType"]?.text {
                success.append(.init("content", .object([.init(mediaType, example?.document ?? [:])])))
            } else if let output = json["output"], output != .null {
                success.append(.init("content", ["application/json": content(output, example?.answer(output))]))
            }
            responses.append(.init(String(status), .object(success)))
        }
        var codes: [Int: [String]] = [:]
        let keyed = KeyedRequests.include(declaration) ? [KeyedRequests.reuse] : []
        for failure in (json["failures"]?.elements ?? []) + keyed {
            if case .integer(let status)? = failure["status"], let code = failure["code"]?.text {
                codes[status, default: []].append(code)
            }
        }
        for (status, names) in codes.sorted(by: { $0.key < $1.key }) {
            responses.append(
                .init(
                    String(status),
                    [
                        "description": .string(names.joined(separator: ", ")),
                        "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
                    ]))
        }
        return .object(responses)
    }

    /// RFC 9457, with our members.
    private static let problem: JSON = [
        "type": "object",
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"], "status": ["type": "integer"],
            "code": ["type": "string"], "detail": ["type": "string"], "requestId": ["type": "string"],
            "errors": [
                "type": "array",
                "items": [
                    "type": "object",
                    "properties": ["field": ["type": "string"], "message": ["type": "string"]],
                    "required": ["field", "message"],
                ],
            ],
        ],
        "required": ["type", "title", "status", "code", "detail", "requestId"],
    ]
}

extension JSON {
    /// A schema that lets objects have members of which it says nothing, as the senders of events may give them.
    var withMoreMembers: JSON {
        switch self {
        case .object(let members):
            .object(members.filter { $0.name != "additionalProperties" }.map { .init($0.name, $0.value.withMoreMembers) })
        case .array(let elements): .array(elements.map(\.withMoreMembers))
        default: self
        }
    }

    /// The schema of a form with these fields and a file.
    fileprivate var withFile: JSON {
        let file = Member("file", ["type": "string", "contentMediaType": "application/octet-stream"])
        return .object(
            members.map { member in
                switch member.name {
                case "properties": Member(member.name, .object(member.value.members + [file]))
                case "required": Member(member.name, .array(member.value.elements + ["file"]))
                default: member
                }
            })
    }

    fileprivate var requiredNames: [String] { (self["required"]?.elements ?? []).compactMap(\.text) }

    /// A form's example: the fields that there must be, and what stands for the bytes.
    fileprivate func withFile(_ required: [String]) -> JSON {
        .object(members.filter { required.contains($0.name) } + [Member("file", "…")])
    }

    /// The JSON text on several lines, so that a change shows as the lines it changes.
    public func indented(_ margin: String = "") -> String {
        let inner = margin + "  "
        switch self {
        case .object(let members) where !members.isEmpty:
            let lines = members.map { "\(inner)\(JSON.string($0.name)): \($0.value.indented(inner))" }
            return "{\n\(lines.joined(separator: ",\n"))\n\(margin)}"
        case .array(let elements) where elements.contains { !$0.members.isEmpty || !$0.elements.isEmpty }:
            let lines = elements.map { inner + $0.indented(inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(margin)]"
        default:
            return description
        }
    }
}
