/// Turns a recording into words with times.
public protocol Transcriber {
    /// - Parameter recording: path of a WebM or MP4 file, whose bytes nobody has vouched for.
    /// - Returns: a transcript; silence is a transcript without words.
    func transcribe(_ recording: String) throws(TranscriptionError) -> Transcript
}

/// Why a recording has no transcript.
public enum TranscriptionError: Error, Equatable, CustomStringConvertible {
    /// The first bytes are neither WebM nor MP4.
    case notARecording
    /// The container is sound and holds no audio.
    case noAudioTrack
    /// The container or its audio cannot be decoded.
    case corrupt(detail: String)
    /// Decoding or recognition took longer than the recording's length allows.
    case timedOut
    /// A program or folder that the engine needs failed; not the recording's fault.
    case engineFailed(detail: String)
    /// A hosted engine is down, busy, slow or at its spend cap: worth another attempt, after so many seconds.
    case unavailable(retryAfter: Int?, detail: String)
    /// A hosted engine will not take this recording, or the month's budget is spent: another attempt cannot help.
    case declined(detail: String)

    /// Whether trying again may help.
    public var isTransient: Bool {
        switch self {
        case .notARecording, .noAudioTrack, .corrupt, .declined: false
        case .timedOut, .engineFailed, .unavailable: true
        }
    }

    public var description: String {
        switch self {
        case .notARecording: "The file is neither WebM nor MP4."
        case .noAudioTrack: "The recording has no audio track."
        case .corrupt(let detail): "The recording cannot be decoded: \(detail)"
        case .timedOut: "The recording took too long to transcribe."
        case .engineFailed(let detail): "The speech engine failed: \(detail)"
        case .unavailable(_, let detail): "The speech service is unavailable: \(detail)"
        case .declined(let detail): "The speech service does not take the recording: \(detail)"
        }
    }
}
