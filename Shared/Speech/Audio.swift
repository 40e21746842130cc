import Media
import POSIX

/// The sound of a recording, decoded into a file: 16-bit mono samples, 16,000 a second, on the recording's clock.
/// The file goes with the value.
final class Audio {
    static let rate = 16_000

    /// Holds `speech.raw`; whoever works on the sound may put files of theirs beside it.
    let folder: String
    let sampleCount: Int
    /// Whether the recording goes on after the longest that is listened to.
    let isCut: Bool
    let levels: SoundLevels

    private let temporary: TemporaryFolder

    static let fileName = "speech"
    static let fileExtension = ".raw"

    var path: String { "\(folder)/\(Audio.fileName)\(Audio.fileExtension)" }
    var durationSeconds: Double { Double(sampleCount) / Double(Audio.rate) }

    /// Decodes the first audio track with ffmpeg, which runs with bounded time and memory and may
    /// open nothing but the file.
    /// - Parameter maximumSeconds: sound after that is left out.
    init(of recording: String, in temporaryFolder: String, maximumSeconds: Int) throws(TranscriptionError) {
        TemporaryFolder.removeAbandoned(in: temporaryFolder)
        temporary = try ownFault { () throws(SystemError) in try TemporaryFolder(in: temporaryFolder) }
        folder = temporary.path
        let path = "\(folder)/\(Audio.fileName)\(Audio.fileExtension)"
        try Audio.decode(recording, into: path, seconds: maximumSeconds + 1)

        var levels = SoundLevels.Meter(mostSamples: maximumSeconds * Audio.rate)
        try ownFault { () throws(SystemError) in
            try File.read(path, inPiecesOf: 1 << 20) { levels.add(Media.samples($0)) }
        }
        isCut = levels.isFull
        sampleCount = levels.sampleCount
        self.levels = levels.levels
    }

    private static func decode(_ recording: String, into path: String, seconds: Int) throws(TranscriptionError) {
        let file = try ownFault { () throws(SystemError) in try MediaFile(recording) }
        guard let file else { throw .notARecording }
        let limits = ChildProcess.Limits(
            seconds: 30 + seconds / 4, memory: 2 << 30, output: 1 << 16, file: (seconds + 1) * rate * 2)

        let tracks = try runTool("ffprobe", ["-v", "error"] + file.options + [
            "-select_streams", "a", "-show_entries", "stream=index", "-of", "csv=p=0", file.address,
        ], limits: limits)
        guard tracks.status == 0 else { throw .corrupt(detail: tracks.errors) }
        guard !tracks.output.isEmpty else { throw .noAudioTrack }

        let decoded = try runTool("ffmpeg", ["-nostdin", "-v", "error", "-threads", "1"] + file.options + [
            "-i", file.address, "-map", "0:a:0",
            // Browsers leave gaps where packets were lost; filling them keeps word times true.
            "-af", "aresample=async=1:first_pts=0",
            "-t", "\(seconds)", "-ac", "1", "-ar", "\(rate)", "-f", "s16le", path,
        ], limits: limits)
        if ranOutOfRoom(decoded.errors) { throw .engineFailed(detail: "there is no room for the sound") }
        // A recording cut short still gives what precedes the cut.
        guard let version = File.version(of: path), version.size >= 2 else { throw .corrupt(detail: decoded.errors) }
    }
}

extension Audio {
    /// Whether ffmpeg wrote less than there is because of this machine. Its exit status does not tell.
    static func ranOutOfRoom(_ errors: String) -> Bool { errors.contains("No space left on device") }
}

/// Runs a program of the engine; running out of time is a timeout, anything else the engine's failure.
func runTool(
    _ program: String, _ arguments: [String], limits: ChildProcess.Limits
) throws(TranscriptionError) -> ChildProcess.Result {
    do throws(ChildProcessError) {
        return try ChildProcess.run(program, arguments, limits: limits)
    } catch .timedOut {
        throw .timedOut
    } catch {
        throw .engineFailed(detail: "\(error)")
    }
}

/// What a failed system call is to who asked for a transcript: not the recording's fault.
func ownFault<Value: ~Copyable>(
    _ work: () throws(SystemError) -> Value
) throws(TranscriptionError) -> Value {
    do throws(SystemError) {
        return try work()
    } catch {
        throw .engineFailed(detail: error.description)
    }
}
