import POSIX

@testable import Speech

/// Makes recordings whose content is known: flite speaks, ffmpeg encodes.
struct Studio: ~Copyable {
    enum Part {
        case speech(String, voice: String = "slt")
        /// Digital silence, in seconds.
        case silence(Double)
        /// Pink noise of low level, in seconds.
        case noise(Double)
    }

    struct ToolFailed: Error {
        let message: String
    }

    let folder: TemporaryFolder
    private let limits = ChildProcess.Limits(seconds: 120, memory: 4 << 30, output: 64 << 20, file: 1 << 30)

    init() throws {
        folder = try TemporaryFolder(in: "/tmp")
    }

    /// - Returns: the path of a recording with one audio track, Opus in WebM or AAC in MP4.
    func record(_ parts: [Part], as name: String = "answer.webm") throws -> String {
        try encode(samples(parts), as: name)
    }

    func encode(_ samples: [Int16], as name: String) throws -> String {
        let raw = "\(folder.path)/raw"
        try File.replace(raw, with: samples.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] })
        return try ffmpeg(["-f", "s16le", "-ar", "16000", "-ac", "1", "-i", raw, "-ar", "48000"], as: name)
    }

    /// Runs ffmpeg with an input of the caller's.
    func ffmpeg(_ arguments: [String], as name: String) throws -> String {
        let path = "\(folder.path)/\(name)"
        try run("ffmpeg", ["-nostdin", "-v", "error", "-y"] + arguments + [path])
        return path
    }

    func samples(_ parts: [Part]) throws -> [Int16] {
        try parts.flatMap { part -> [Int16] in
            switch part {
            case .silence(let seconds): Array(repeating: 0, count: Int(seconds * 16_000))
            case .noise(let seconds):
                try decode(["-f", "lavfi", "-t", "\(seconds)", "-i", "anoisesrc=c=pink:a=0.01:r=16000:seed=1"])
            case .speech(let text, let voice): try speak(text, voice)
            }
        }
    }

    /// Speech from its first to its last loud sample, so that silences around it are exact.
    private func speak(_ text: String, _ voice: String) throws -> [Int16] {
        let path = "\(folder.path)/speech.wav"
        try run("flite", ["-voice", voice, "-t", text, "-o", path])
        let samples = try decode(["-i", path])
        let loud = samples.indices.filter { abs(Int(samples[$0])) > 500 }
        guard let first = loud.first, let last = loud.last else { throw ToolFailed(message: "flite was silent") }
        return Array(samples[first...last])
    }

    private func decode(_ input: [String]) throws -> [Int16] {
        let bytes = try run(
            "ffmpeg", ["-nostdin", "-v", "error"] + input + ["-ac", "1", "-ar", "16000", "-f", "s16le", "pipe:1"])
        return stride(from: 0, to: bytes.count - 1, by: 2).map {
            Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
        }
    }

    @discardableResult
    private func run(_ program: String, _ arguments: [String]) throws -> [UInt8] {
        let result = try ChildProcess.run(program, arguments, limits: limits)
        guard result.status == 0 else { throw ToolFailed(message: result.errors) }
        return result.output
    }
}
