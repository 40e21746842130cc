import JSON
import POSIX
import Validation

/// Log lines: one JSON object each, on standard error, which serving processes point at
/// `PARLEY_LOG`. The members are fixed, so that nothing personal can slip in: no path, no query,
/// no body, no address, no header.
public enum Log {
    public enum Level: String, Encodable { case info, warning, error }

    private struct Line: Encodable {
        let time: Timestamp
        let level: Level
        let function: String
        let event: String
        let request: String?
        let trace: String?
        let status: Int?
        let milliseconds: Double?
        let detail: String?
    }

    /// Writes a line. `detail` must hold no personal data: an SQLSTATE, an errno, a count.
    public static func write(
        _ level: Level = .info, _ event: String, function: String, request: Request? = nil, status: Int? = nil,
        nanoseconds: Int? = nil, detail: String? = nil
    ) {
        let line = Line(
            time: .now, level: level, function: function, event: event, request: request?.id,
            trace: request?.trace.traceID, status: status,
            milliseconds: nanoseconds.map { Double($0 / 10_000) / 100 }, detail: detail)
        guard let text = try? JSON.text(of: line) else { return }
        // One write: lines of several processes must not mix. When even that fails there is nowhere left to tell.
        try? File.write(text + [0x0A], to: 2)
    }
}
