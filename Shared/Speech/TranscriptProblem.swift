/// What stands in the way of a transcript or of its use, for the people who see the answer.
public struct TranscriptProblem: Codable, Sendable, Equatable {
    public let code: Code
    /// One or two sentences.
    public let message: String

    public enum Code: String, Codable, Sendable, CaseIterable {
        case notARecording = "NOT_A_RECORDING"
        case corrupt = "CORRUPT_FILE"
        case noAudioTrack = "NO_AUDIO_TRACK"
        case silence = "SILENCE"
        case noise = "NOISE"
        case music = "MUSIC"
        case timedOut = "TIMED_OUT"
        case notRecognized = "NOT_RECOGNIZED"
        case language = "LANGUAGE_NOT_SUPPORTED"
        case textRemoved = "TEXT_REMOVED"
        case speakersNotChecked = "SPEAKERS_NOT_CHECKED"
        case overTwoHours = "OVER_TWO_HOURS"

        public var effect: Effect {
            switch self {
            case .notARecording, .corrupt, .noAudioTrack, .silence, .noise, .music, .timedOut: .noTranscript
            case .notRecognized, .language, .textRemoved: .held
            case .speakersNotChecked, .overTwoHours: .remark
            }
        }
    }

    public enum Effect: Sendable {
        /// There is nothing to read.
        case noTranscript
        /// There may be words, which nothing should be made of before somebody has looked.
        case held
        /// The transcript can be used.
        case remark
    }

    public init(_ code: Code) {
        self.code = code
        message = switch code {
        case .notARecording: "The file is neither WebM nor MP4."
        case .corrupt: "The recording is damaged and cannot be decoded."
        case .noAudioTrack: "The recording has no audio track."
        case .silence: "The recording is silent: nobody can be heard."
        case .noise: "The recording holds noise, and no voice can be told from it."
        case .music: "The recording sounds like music, and hardly any words can be heard in it."
        case .timedOut: "The recording took too long to transcribe."
        case .notRecognized:
            "Somebody speaks, but hardly any words could be made out with certainty. It may be the sound, an accent, or a "
                + "language other than English: which language is spoken was not checked."
        case .language: "The answer is in a language other than English, which pace, fillers and analysis are not made for."
        case .textRemoved:
            "More than 5% of the words were removed, since they cannot have been said: the engine made them up."
        case .speakersNotChecked: "How many people speak was not checked."
        case .overTwoHours: "The recording is longer than two hours; what comes after them was not transcribed."
        }
    }

    /// What a failure to transcribe is to the people who see the answer; nil when it is not the recording's fault
    /// and another attempt may help.
    public init?(_ error: TranscriptionError) {
        let code: Code? = switch error {
        case .notARecording: .notARecording
        case .corrupt: .corrupt
        case .noAudioTrack: .noAudioTrack
        case .timedOut: .timedOut
        case .declined, .engineFailed, .unavailable: nil
        }
        guard let code else { return nil }
        self.init(code)
    }
}
