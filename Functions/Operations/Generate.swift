import Endpoint
import Generation
import JSON
import POSIX

/// Writes what follows from the functions' declarations: nginx's routing table, the activation
/// table, the subscriptions and the OpenAPI document, all under `nginx/generated`.
///
///     Generate           write them
///     Generate --check   exit with 1 when one of them is not as it would be written
@main enum Generate {
    static func main() {
        let isCheck = CommandLine.arguments.contains("--check")
        let folder = "nginx/generated"
        do {
            let program = Process.program
            let executables = String(program[..<(program.lastIndex(of: "/") ?? program.startIndex)])
            let functions = try Declaration.all(in: ".", executables: executables)
            let declarations = functions.map(\.declaration)
            let files = [
                "activation.conf": Tables.activation(declarations),
                "openapi.json": OpenAPI.document(functions).indented() + "\n",
                "routes.conf": Tables.routes(declarations),
                "subscriptions.sql": Tables.subscriptions(declarations),
            ]
            var stale: [String] = []
            if !isCheck { try File.makeFolder(folder) }
            for (name, text) in files.sorted(by: { $0.key < $1.key }) {
                let path = "\(folder)/\(name)"
                if isCheck {
                    if (try? File.read(path)) != Array(text.utf8) { stale.append(path) }
                } else {
                    try File.replace(path, with: Array(text.utf8))
                    print("Wrote \(path)")
                }
            }
            guard stale.isEmpty else {
                Command.fail("Out of step with the declarations: \(stale.joined(separator: ", ")). Run make generate.")
            }
        } catch {
            Command.fail("Generate: \(error)")
        }
    }
}
