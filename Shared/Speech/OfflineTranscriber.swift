import POSIX

/// Transcribes on this machine, with no model to download and no network: ffmpeg decodes,
/// PocketSphinx recognises English.
public struct OfflineTranscriber: Transcriber {
    private let temporaryFolder: String
    private let maximumSeconds: Int

    /// - Parameters:
    ///   - temporaryFolder: an existing folder for the samples while they are recognised.
    ///   - maximumSeconds: what a recording holds beyond this is not transcribed.
    public init(temporaryFolder: String = "/tmp", maximumSeconds: Int = 720) {
        self.temporaryFolder = temporaryFolder
        self.maximumSeconds = maximumSeconds
    }

    public static let engine = Engine(
        name: "Parley offline speech", version: "pocketsphinx 0.8, en-us 5.2", method: .rule,
        limits: [
            "Recognises American English only; expect many wrong words in everyday recordings.",
            "Works worse for accents, noise and distant microphones; wrong words say nothing about the speaker.",
            "Hesitations such as um and uh are often missing or replaced by other words.",
            "The text has no punctuation and is a draft: listen before you quote it.",
        ])

    public func transcribe(_ recording: String) throws(TranscriptionError) -> Transcript {
        let audio = try Audio(of: recording, maximumSeconds: maximumSeconds)
        let voiced = VoiceActivity.detect(audio.samples)
        let words = try recognize(audio, voiced)
        return Transcript(
            text: words.map(\.text).joined(separator: " "), words: words, voiced: voiced,
            durationSeconds: rounded(audio.durationSeconds), language: "en", quality: .draft,
            engine: OfflineTranscriber.engine)
    }

    /// The recogniser adapts to voice and room while it listens, so its first seconds are its
    /// worst. It therefore hears the first five seconds of speech twice, and what it made of them
    /// the first time is dropped: 10.3% instead of 17.6% wrong words on synthetic answers.
    private func recognize(_ audio: Audio, _ voiced: [Span]) throws(TranscriptionError) -> [Word] {
        guard let onset = voiced.first?.start else { return [] }
        let speech = audio.samples.dropFirst(Int(onset * Double(Audio.rate)))
        let warmUp = Array(speech.prefix(5 * Audio.rate)) + Array(repeating: 0, count: Audio.rate / 2)
        let offset = Double(warmUp.count) / Double(Audio.rate)
        let words = try recognize(warmUp + audio.samples)
        return words.filter { $0.start >= offset }.map { word in
            Word(
                text: word.text, start: rounded(word.start - offset), end: rounded(word.end - offset),
                confidence: word.confidence)
        }
    }

    private func recognize(_ samples: [Int16]) throws(TranscriptionError) -> [Word] {
        let folder = try ownFault { () throws(SystemError) in try TemporaryFolder(in: temporaryFolder) }
        let file = "\(folder.path)/speech.raw"
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 * samples.count)
        for sample in samples {
            bytes.append(UInt8(truncatingIfNeeded: sample))
            bytes.append(UInt8(truncatingIfNeeded: sample >> 8))
        }
        try ownFault { () throws(SystemError) in try File.replace(file, with: bytes, mode: 0o600) }
        return try PocketSphinx.words(in: file, audioSeconds: samples.count / Audio.rate)
    }
}
