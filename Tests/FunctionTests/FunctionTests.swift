import Endpoint
import JSON
import POSIX
import Postgres
import Testing

@testable import Generation

/// Every function on every fixture, as from a shell, against the database of `PARLEY_RUN`.
@Suite(
    .serialized,
    .enabled(if: Process.environment["PARLEY_RUN"] != nil, "Tests/run.sh starts the database that this needs"))
struct FunctionTests {
    private struct Left: Decodable {
        let count: Int
    }

    @Test(arguments: try FixtureCase.all())
    func answersItsFixture(fixture: FixtureCase) throws {
        let outcome = try fixture.run()
        let expected = fixture.json["expect"] ?? [:]
        let status = try #require(outcome.status, "\(outcome.errors)")
        #expect(expected["status"] == .integer(status), "\(outcome.body) \(outcome.errors)")
        #expect(outcome.exit == (status < 400 ? 0 : 1))
        #expect(expected["body"]?.differences(from: outcome.body) ?? [] == [])
        if let beginning = expected["begins"]?.text {
            #expect(outcome.body.text?.hasPrefix(beginning) == true, "\(outcome.body)")
        }
        if status >= 400 { try expectProblem(outcome.body, status: status) }
        #expect(fixture.json.string("about") != "")

        let left: Left? = try Database(Environment.read(), as: .admin).session.row(
            """
            SELECT count(*) FROM organization
            WHERE id IN ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000000b')
            """)
        #expect(left?.count == 0, "the fixture left rows in the database")
    }

    private func expectProblem(_ body: JSON, status: Int) throws {
        let code = try #require(Failure.Code(rawValue: body.string("code")))
        #expect(code.status == status)
        #expect(body["type"] == "about:blank")
        #expect(body["title"]?.text == code.title)
        #expect(body["status"] == .integer(status))
        #expect(body.string("detail") != "")
        #expect(body.string("requestId") != "")
        let errors = body["errors"]?.elements ?? []
        #expect(errors.isEmpty == (code != .validationFailed))
        #expect(errors.allSatisfy { $0["field"] != nil && $0.string("message") != "" })
    }

    @Test func everyRouteHasAFixtureOfItsSuccess() throws {
        let successful = Set(try FixtureCase.all().filter { $0.name == "success" }.map(\.function))
        let routes = try Declaration.all(in: FixtureCase.checkout, executables: FixtureCase.executables)
        #expect(routes.map(\.declaration.name).filter { !successful.contains($0) } == [])
    }

    @Test func everyRouteHasAFixtureOfEachRefusalItDeclares() throws {
        // What every route can answer, and what no single request brings about.
        let common: Set = ["UNAVAILABLE", "INTERNAL_ERROR", "RATE_LIMITED", "LOCKED"]
        // What only the word of a store elsewhere brings about: Tests/RemoteStores shows it.
        let remote: [String: Set<String>] = [
            "CompleteUpload": ["CHECKSUM_MISMATCH"], "FinishDeviceCheck": ["CHECKSUM_MISMATCH"],
            "SaveResponse": ["CHECKSUM_MISMATCH"], "ShowParts": ["CHECKSUM_MISMATCH"],
        ]
        var shown: [String: Set<String>] = [:]
        for fixture in try FixtureCase.all() {
            if let code = fixture.json["expect"]?["body"]?["code"]?.text {
                shown[fixture.function, default: []].insert(code)
            }
        }
        for (_, route) in try Declaration.all(in: FixtureCase.checkout, executables: FixtureCase.executables) {
            let declared = Set((route.json["failures"]?.elements ?? []).compactMap { $0["code"]?.text })
            // Another site's page may ask to read; the browser does not show it the answer.
            let readable: Set<String> =
                route.method == "GET" && route.json["credential"] == "cookie" ? ["ACCESS_DENIED"] : []
            let missing = declared.subtracting(common).subtracting(readable).subtracting(remote[route.name] ?? [])
                .subtracting(shown[route.name] ?? [])
            #expect(missing.isEmpty, "\(route.name) declares \(missing.sorted()) and no fixture shows it")
        }
    }
}

@Suite struct ManifestTests {
    @Test func theManifestNamesEveryFunction() throws {
        let manifest = String(decoding: try File.read("\(FixtureCase.checkout)/Package.swift"), as: UTF8.self)
        let declared = manifest.matches(of: /\n    function\("(\w+)", "(\w+)"/).map { "\($0.1)/\($0.2).swift" }
        let files = try File.names(in: "\(FixtureCase.checkout)/Functions").flatMap { area in
            try File.names(in: "\(FixtureCase.checkout)/Functions/\(area)").map { "\(area)/\($0)" }
        }
        #expect(declared.sorted() == files.sorted())
    }

    /// Of each request that has a body, of each id and token in a path, and of each answer in JSON.
    @Test func everyRouteHasAnExampleInTheReference() throws {
        let document = OpenAPI.document(
            try Declaration.all(in: FixtureCase.checkout, executables: FixtureCase.executables))
        let operations = (document["paths"]?.members ?? []).flatMap(\.value.members)
        #expect(operations.count > 50)
        for operation in operations.map(\.value) {
            let name = operation["operationId"]?.text ?? ""
            let ofPaths = (operation["parameters"]?.elements ?? []).filter { $0["in"] == "path" }
            #expect(ofPaths.allSatisfy { $0["example"] != nil }, "\(name) has no example of its path")
            let answers = (operation["responses"]?.members ?? []).filter { $0.name.hasPrefix("2") }.map(\.value)
            let contents = ([operation["requestBody"]] + answers).compactMap { $0?["content"]?["application/json"] }
            #expect(contents.allSatisfy { $0["example"] != nil }, "\(name) lacks an example of its request or answer")
        }
    }

    @Test func generatedFilesAreInStep() throws {
        let functions = try Declaration.all(in: FixtureCase.checkout, executables: FixtureCase.executables)
        let declarations = functions.map(\.declaration)
        let files = [
            "activation.conf": Tables.activation(declarations),
            "openapi.json": OpenAPI.document(functions).indented() + "\n",
            "routes.conf": Tables.routes(declarations), "subscriptions.sql": Tables.subscriptions(declarations),
        ]
        for (name, text) in files {
            let committed = String(
                decoding: try File.read("\(FixtureCase.checkout)/nginx/generated/\(name)"), as: UTF8.self)
            #expect(committed == text, "run make generate")
        }
    }
}
