import Endpoint
import JSON
import POSIX

/// One file of `Tests/Fixtures/<Function>`.
struct FixtureCase: Sendable, CustomStringConvertible {
    static let checkout = String(#filePath.dropLast("/Tests/FunctionTests/FixtureCase.swift".count))
    /// Where the tests themselves were built, and the functions with them.
    static let executables = String(
        Process.program[..<(Process.program.lastIndex(of: "/") ?? Process.program.startIndex)])

    let function: String
    let name: String
    let json: JSON

    var path: String { "\(Self.checkout)/Tests/Fixtures/\(function)/\(name).json" }
    var description: String { "\(function)/\(name)" }

    /// All fixtures of functions. (Other folders hold what other tests need.)
    static func all() throws -> [FixtureCase] {
        let areas = try File.names(in: "\(checkout)/Functions")
        let functions = Set(try areas.flatMap { try File.names(in: "\(checkout)/Functions/\($0)") })
        var cases: [FixtureCase] = []
        for folder in try File.names(in: "\(checkout)/Tests/Fixtures") where functions.contains("\(folder).swift") {
            for file in try File.names(in: "\(checkout)/Tests/Fixtures/\(folder)") where file.hasSuffix(".json") {
                let json = try JSON(parsing: File.read("\(checkout)/Tests/Fixtures/\(folder)/\(file)"))
                cases.append(FixtureCase(function: folder, name: String(file.dropLast(".json".count)), json: json))
            }
        }
        return cases
    }

    struct Outcome {
        let exit: Int32
        let status: Int?
        /// Null when nothing was printed after the status; a text when it is not JSON.
        let body: JSON
        let errors: String
    }

    /// Runs the function as from a shell.
    func run() throws -> Outcome {
        // A child process has none of our variables; it must use the system that the tests started.
        let run = "PARLEY_RUN=\(Process.environment["PARLEY_RUN"] ?? "")"
        let result = try ChildProcess.run(
            "env", [run, "\(Self.executables)/\(function)", path],
            limits: .init(seconds: 60, memory: 8 << 30, output: 1 << 20, file: 64 << 20))
        let lines = String(decoding: result.output, as: UTF8.self).split(separator: "\n", maxSplits: 1)
        return Outcome(
            exit: result.status, status: lines.first.flatMap { Int($0) },
            body: lines.count == 2 ? Self.json(String(lines[1])) : JSON.null, errors: result.errors)
    }

    /// A document that is not JSON is compared as text, less the newline that printing added.
    private static func json(_ text: String) -> JSON { (try? JSON(parsing: text)) ?? .string(String(text.dropLast())) }
}

extension JSON {
    /// The text of a member; empty when there is none.
    func string(_ name: String) -> String { self[name]?.text ?? "" }

    /// Where `actual` lacks something of this value or differs from it, a line each. Objects may
    /// have further members; arrays must have the same length.
    func differences(from actual: JSON, at path: String = "body") -> [String] {
        switch (self, actual) {
        case (.object(let members), .object):
            return members.flatMap { member -> [String] in
                guard let value = actual[member.name] else { return ["\(path).\(member.name) is missing"] }
                return member.value.differences(from: value, at: "\(path).\(member.name)")
            }
        case (.array(let elements), .array(let others)):
            guard elements.count == others.count else {
                return ["\(path) has \(others.count) elements, not \(elements.count): \(actual)"]
            }
            return zip(elements, others).enumerated().flatMap { index, pair in
                pair.0.differences(from: pair.1, at: "\(path)[\(index)]")
            }
        default:
            return self == actual ? [] : ["\(path) is \(actual), not \(self)"]
        }
    }
}
