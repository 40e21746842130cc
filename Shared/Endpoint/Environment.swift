import POSIX

/// The configuration: `KEY=VALUE` lines of the file `environment` in the state folder, and above
/// them the process's own environment variables.
///
/// The state folder is `PARLEY_RUN`, or `.run` in the working directory, so that a function runs
/// from a checkout's shell against the system that `make up` started there.
public struct Environment: Sendable {
    private let values: [String: String]
    /// Set when a fixture runs: what it begins from, and that nothing it does is kept.
    public let rehearsal: Rehearsal?

    /// What a fixture's run begins from.
    public struct Rehearsal: Sendable {
        /// SQL files whose rows are there before the function runs.
        public let given: [String]
        /// Settings other than this system's.
        let settings: [String: String]
        /// Where the blob store is meanwhile.
        let blobs: String

        /// The site's address in every rehearsal, so that fixtures can name it.
        static let baseURL = "https://parley.example"
    }

    public init(_ values: [String: String], rehearsal: Rehearsal? = nil) {
        self.values = values
        self.rehearsal = rehearsal
    }

    /// Reads the file and the variables.
    public static func read(rehearsal: Rehearsal? = nil) -> Environment {
        let variables = Process.environment
        var values: [String: String] = [:]
        if let file = try? File.read("\(variables["PARLEY_RUN"] ?? ".run")/environment") {
            for line in String(decoding: file, as: UTF8.self).split(separator: "\n") {
                let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, !line.hasPrefix("#") { values[String(parts[0])] = String(parts[1]) }
            }
        }
        values.merge(variables) { _, variable in variable }
        if let rehearsal {
            values["PARLEY_BASE_URL"] = Rehearsal.baseURL
            values["PARLEY_BLOB"] = "file://\(rehearsal.blobs)"
            values.merge(rehearsal.settings) { _, setting in setting }
        }
        return Environment(values, rehearsal: rehearsal)
    }

    public subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A setting that there must be.
    public func required(_ name: String) throws(Failure) -> String {
        guard let value = self[name] else {
            throw .unavailable("The service is not configured.", cause: "\(name) is not set")
        }
        return value
    }

    /// A number with a default.
    public func number(_ name: String, default fallback: Int) -> Int { self[name].flatMap(Int.init) ?? fallback }

    /// Where people reach this installation, without a slash at the end.
    public func baseURL() throws(Failure) -> String { try required("PARLEY_BASE_URL") }
}
