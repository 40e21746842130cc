import JSON
import POSIX

/// A route as its function's executable describes it.
public struct Declaration: Sendable {
    /// What `Function describe` printed.
    let json: JSON
    /// Nil where the function has no fixture of its success.
    var example: Example?

    var name: String { json["name"]?.text ?? "" }
    var summary: String { json["summary"]?.text ?? "" }
    var method: String { json["method"]?.text ?? "" }
    var path: String { json["path"]?.text ?? "" }
    var isInternal: Bool { json["isInternal"] == .bool(true) }
    var topics: [String] { (json["subscribesTo"]?.elements ?? []).compactMap(\.text) }

    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    /// All routes, by name. A function is a file `Functions/<Area>/<Name>.swift` that declares an
    /// `Endpoint`; commands have their files there too, and no route.
    /// - Parameter executables: the folder with the built functions.
    public static func all(in checkout: String, executables: String) throws -> [(area: String, declaration: Declaration)] {
        var all: [(String, Declaration)] = []
        for area in try File.names(in: "\(checkout)/Functions") {
            for file in try File.names(in: "\(checkout)/Functions/\(area)") where file.hasSuffix(".swift") {
                let name = String(file.dropLast(".swift".count))
                let source = String(decoding: try File.read("\(checkout)/Functions/\(area)/\(file)"), as: UTF8.self)
                guard source.contains("struct \(name): Endpoint {") else { continue }
                let result = try ChildProcess.run(
                    "\(executables)/\(name)", ["describe"], limits: .init(seconds: 20, memory: 8 << 30, output: 1 << 20))
                guard result.status == 0 else {
                    throw Unreadable(description: "\(name) describe: status \(result.status) \(result.errors)")
                }
                let fixture = "\(checkout)/Tests/Fixtures/\(name)/success.json"
                let example = try File.version(of: fixture).map { _ in Example(try JSON(parsing: File.read(fixture))) }
                all.append((area, Declaration(json: try JSON(parsing: result.output), example: example)))
            }
        }
        return all.sorted { $0.1.name < $1.1.name }
    }
}
