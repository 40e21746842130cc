public import Validation

/// Why an answer that is recorded like a clip would be of little use.
public enum ClipProblem: String, Choice {
    /// The bytes cannot be decoded.
    case unreadable = "UNREADABLE"
    /// There is no video, or it is black: the lens is covered.
    case noPicture = "NO_PICTURE"
    case dark = "DARK"
    /// There is no audio, or it is silent: the microphone is muted.
    case noSound = "NO_SOUND"
    case quiet = "QUIET"
    case tooShort = "TOO_SHORT"
}

extension Clip {
    /// The mean luma below which a picture is black, and below which a face is hard to see.
    static let black = 0.015
    static let dark = 0.12
    /// The loudness below which a microphone gives nothing, and below which speech is hard to
    /// follow, in dB of full scale. Browsers bring speech to about -25.
    static let silent = -62.0
    static let quiet = -45.0
    /// Below this a recording of five seconds has lost some of them.
    static let leastSeconds = 3.0

    /// What is wrong, the picture first; nothing when all is well.
    public var problems: [ClipProblem] {
        [pictureProblem, soundProblem, durationSeconds < Self.leastSeconds ? .tooShort : nil].compactMap(\.self)
    }

    private var pictureProblem: ClipProblem? {
        guard let picture, picture.brightness >= Self.black else { return .noPicture }
        return picture.brightness < Self.dark ? .dark : nil
    }

    private var soundProblem: ClipProblem? {
        guard let sound, sound.loudnessDecibels >= Self.silent else { return .noSound }
        return sound.loudnessDecibels < Self.quiet ? .quiet : nil
    }
}
