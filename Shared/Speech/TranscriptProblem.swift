/// What stands in the way of a transcript or of its use, for the people who see the answer.
public struct TranscriptProblem: Codable, Sendable, Equatable {
    public let code: Code
    /// One or two sentences.
    public let message: String
    /// Whose voices there are, where that is the problem.
    public let voices: Voices?

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
        case severalSpeakers = "SEVERAL_SPEAKERS"
        case perhapsSeveralSpeakers = "PERHAPS_SEVERAL_SPEAKERS"
        case oneSpeaker = "ONE_SPEAKER"
        case speakersNotChecked = "SPEAKERS_NOT_CHECKED"
        case overTwoHours = "OVER_TWO_HOURS"

        public var effect: Effect {
            switch self {
            case .notARecording, .corrupt, .noAudioTrack, .silence, .noise, .music, .timedOut: .noTranscript
            case .notRecognized, .language, .textRemoved, .severalSpeakers: .held
            case .perhapsSeveralSpeakers, .oneSpeaker, .speakersNotChecked, .overTwoHours: .remark
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

    private init(_ code: Code, _ message: String, voices: Voices? = nil) {
        self.code = code
        self.message = message
        self.voices = voices
    }

    public init(_ code: Code) {
        let message: String = switch code {
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
        case .severalSpeakers:
            "What several people said stands in the transcript, and would be read as the candidate's."
        case .perhapsSeveralSpeakers: "Perhaps somebody else can be heard, but for too short a time to be sure."
        case .oneSpeaker: "One voice was heard."
        case .speakersNotChecked: "How many people speak was not checked."
        case .overTwoHours: "The recording is longer than two hours; what comes after them was not transcribed."
        }
        self.init(code, message)
    }

    /// What an engine heard of voices.
    public init(_ voices: Voices) {
        guard voices.count > 1 else {
            self.init(.oneSpeaker, "One voice was heard, by \(voices.engine).")
            return
        }
        let code: Code = voices.areSeveral ? .severalSpeakers : .perhapsSeveralSpeakers
        let seconds = (voices.othersSeconds * 10).rounded() / 10
        let percent = max(1, Int((voices.othersShare * 100).rounded()))
        let heard = "\(voices.count) voices were heard, by \(voices.engine): "
            + "for \(seconds) seconds, \(percent)% of what is spoken, another than the main one."
        self.init(code, "\(Self(code).message) \(heard)", voices: voices)
    }

    /// Voices that were to be counted.
    /// - Parameter reason: why they were not, without a full stop.
    public init(uncountedBy engine: String, because reason: String) {
        self.init(.speakersNotChecked, "How many people speak was not checked: \(engine) did not count the voices (\(reason)).")
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
