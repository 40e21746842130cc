import POSIX

/// The sound of a recording as pieces that a transcription service takes, cut where nobody speaks.
public struct SpeechPieces {
    public struct Piece: Equatable {
        /// Where it begins in the recording, in seconds.
        public let start: Double
        public let seconds: Double
    }

    public enum Format: Sendable {
        /// Opus at 24 kbit/s in Ogg: 10.8 MB an hour, which loses nothing that recognition uses.
        case opus
        /// 16-bit samples as they are, for servers that decode nothing: 115 MB an hour.
        case wave

        /// Services tell formats by the ending of the name.
        public var fileName: String { self == .opus ? "speech.ogg" : "speech.wav" }
        public var mediaType: String { self == .opus ? "audio/ogg" : "audio/wav" }
        /// Of a piece, so that it stays under 20 MB of the 25 MB that services take.
        fileprivate var mostSeconds: Int { self == .opus ? 3600 : 600 }
    }

    public let pieces: [Piece]
    /// Where a voice is heard in the recording.
    public let voiced: [Span]
    public let durationSeconds: Double
    public let format: Format
    private let audio: Audio

    /// - Parameters:
    ///   - mostSeconds: of a piece, where the service wants less than the format allows.
    ///   - maximumSeconds: what the recording holds beyond this is left out.
    public init(
        of recording: String, as format: Format, mostSeconds: Int = .max, temporaryFolder: String, maximumSeconds: Int
    ) throws(TranscriptionError) {
        let audio = try Audio(of: recording, in: temporaryFolder, maximumSeconds: maximumSeconds)
        voiced = VoiceActivity.detect(audio.levels)
        durationSeconds = audio.durationSeconds
        self.format = format
        self.audio = audio
        pieces = Self.pieces(
            seconds: audio.durationSeconds, voiced: voiced, most: Double(min(mostSeconds, format.mostSeconds)))
    }

    /// The pieces in which a voice is heard: of silence, services make up words.
    static func pieces(seconds: Double, voiced: [Span], most: Double) -> [Piece] {
        let cuts = cuts(seconds: seconds, voiced: voiced, most: most)
        return zip([0] + cuts, cuts + [seconds])
            .filter { start, end in voiced.contains { $0.start < end && start < $0.end } }
            .map { start, end in Piece(start: start, seconds: end - start) }
    }

    /// Where to cut: as late as the length allows, in the middle of the longest pause of the piece's second half. Speech
    /// without any pause is cut where it must be.
    static func cuts(seconds: Double, voiced: [Span], most: Double) -> [Double] {
        let pauses = zip(voiced, voiced.dropFirst()).map { Span(start: $0.end, end: $1.start) }
        var cuts: [Double] = []
        var start = 0.0
        while seconds - start > most {
            let window = start + most / 2...start + most
            let pause = pauses.filter { window.contains(($0.start + $0.end) / 2) }.max { ($0.length, $0.start) < ($1.length, $1.start) }
            start = pause.map { ($0.start + $0.end) / 2 } ?? start + most
            cuts.append(start)
        }
        return cuts
    }

    /// The bytes to send.
    public func encoded(_ piece: Piece) throws(TranscriptionError) -> [UInt8] {
        let container = format == .wave ? ["-f", "s16le"] : ["-c:a", "libopus", "-b:a", "24k", "-f", "ogg"]
        let encoded = try runTool("ffmpeg", [
            "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file,pipe", "-f", "s16le",
            "-ar", "\(Audio.rate)", "-ac", "1", "-ss", "\(piece.start)", "-t", "\(piece.seconds)", "-i", "file:\(audio.path)",
        ] + container + ["pipe:1"], limits: ChildProcess.Limits(seconds: 120, memory: 2 << 30, output: 24 << 20))
        guard encoded.status == 0 else { throw .engineFailed(detail: encoded.errors) }
        return format == .wave ? Self.waveHeader(bytes: encoded.output.count) + encoded.output : encoded.output
    }

    /// RIFF WAVE with one `fmt ` chunk of plain 16-bit samples (Microsoft's "Multiple channel audio data and WAVE files").
    private static func waveHeader(bytes size: Int) -> [UInt8] {
        func word(_ value: Int, _ bytes: Int) -> [UInt8] { (0..<bytes).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) } }
        return Array("RIFF".utf8) + word(36 + size, 4) + Array("WAVEfmt ".utf8) + word(16, 4) + word(1, 2) + word(1, 2)
            + word(Audio.rate, 4) + word(2 * Audio.rate, 4) + word(2, 2) + word(16, 2) + Array("data".utf8) + word(size, 4)
    }
}
