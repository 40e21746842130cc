import Endpoint
import Models
import POSIX
import Validation

/// Says whether the file that `PARLEY_AI` names is right, and what it declares.
///
///     CheckProviders
@main enum CheckProviders {
    static func main() {
        guard let path = Environment.read()["PARLEY_AI"] else {
            return print("PARLEY_AI is not set: the offline engines do all the work.")
        }
        guard let text = try? File.read(path, limit: 1 << 20) else {
            Command.fail("CheckProviders: \(path), which PARLEY_AI names, cannot be read")
        }
        do throws(Refusal) {
            for provider in try ProviderFile(text).providers {
                let voices = provider.speakersModel.map { "; voices counted with \($0)" } ?? ""
                print("\(provider.name): \(provider.kind.rawValue), \(provider.model)\(voices)")
                for warning in provider.warnings { print("  \(warning)") }
            }
        } catch {
            Command.fail("CheckProviders: \(path)\n\(error.message)")
        }
    }
}
