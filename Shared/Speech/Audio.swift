import Media
import POSIX

/// The sound of a recording: 16-bit mono samples, 16,000 a second, on the recording's clock.
struct Audio {
    static let rate = 16_000

    let samples: [Int16]

    var durationSeconds: Double { Double(samples.count) / Double(Audio.rate) }

    /// Decodes the first audio track with ffmpeg, which runs with bounded time and memory and may
    /// open nothing but the file.
    /// - Parameter maximumSeconds: sound after that is left out.
    init(of recording: String, maximumSeconds: Int) throws(TranscriptionError) {
        let file = try ownFault { () throws(SystemError) in try MediaFile(recording) }
        guard let file else { throw .notARecording }
        let limits = ChildProcess.Limits(
            seconds: 30 + maximumSeconds / 4, memory: 2 << 30, output: (maximumSeconds + 1) * Audio.rate * 2)

        let tracks = try runTool("ffprobe", ["-v", "error"] + file.options + [
            "-select_streams", "a", "-show_entries", "stream=index", "-of", "csv=p=0", file.address,
        ], limits: limits)
        guard tracks.status == 0 else { throw .corrupt(detail: tracks.errors) }
        guard !tracks.output.isEmpty else { throw .noAudioTrack }

        let decoded = try runTool("ffmpeg", ["-nostdin", "-v", "error", "-threads", "1"] + file.options + [
            "-i", file.address, "-map", "0:a:0",
            // Browsers leave gaps where packets were lost; filling them keeps word times true.
            "-af", "aresample=async=1:first_pts=0",
            "-t", "\(maximumSeconds)", "-ac", "1", "-ar", "\(Audio.rate)", "-f", "s16le", "pipe:1",
        ], limits: limits)
        // A recording cut short still gives what precedes the cut.
        guard decoded.output.count >= 2 else { throw .corrupt(detail: decoded.errors) }
        samples = Media.samples(decoded.output)
    }
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
