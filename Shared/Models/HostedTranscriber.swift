import Crypto
import JSON
import Speech
import Validation

/// A transcription service, with its calls kept in the ledger: OpenAI's protocol, or whisper.cpp's own server.
struct HostedTranscriber: Transcriber {
    let provider: Provider
    let ledger: Ledger
    let temporaryFolder: String
    /// Whether to say how many people speak, where the provider can.
    var countsVoices = false
    /// What a recording holds beyond this is not transcribed.
    var maximumSeconds = 7200

    private var isWhisperCPP: Bool { provider.kind == .whisperCPP }

    func transcribe(_ recording: String) throws(TranscriptionError) -> Transcript {
        let sound = try SpeechPieces(
            of: recording, as: isWhisperCPP ? .wave : .opus, mostSeconds: provider.pieceSeconds,
            temporaryFolder: temporaryFolder, maximumSeconds: maximumSeconds)
        let parts = try ask(provider.model, of: sound, ledger)

        let text = parts.map(\.text).filter { !$0.isEmpty }.joined(separator: " ")
        var words = parts.flatMap(\.words)
        var limits = [
            "Hesitations such as um and uh are often left out by the service, so their number is at least what is counted.",
            "Works worse for accents, noise and distant microphones; wrong words say nothing about the speaker.",
        ]
        let isEstimated = words.isEmpty && !text.isEmpty
        if isEstimated {
            words = VerboseTranscript.estimate(text, voiced: sound.voiced, seconds: sound.durationSeconds)
            limits.append("The service gave no times of words: they are estimated from where a voice is heard.")
        }
        let segments = parts.flatMap(\.segments)
        return Transcript(
            text: text, words: words, voiced: sound.voiced, durationSeconds: (sound.durationSeconds * 1000).rounded() / 1000,
            language: VerboseTranscript.code(parts.first?.language), quality: .good,
            engine: Engine(name: provider.name, version: "1", method: .model, model: provider.model, limits: limits),
            segments: segments.isEmpty ? nil : segments, timing: isEstimated ? .estimated : nil,
            speakers: countsVoices && !text.isEmpty ? speakers(parts.map(\.turns), in: sound) : nil)
    }

    /// How many people speak, by the labels that came with the words, or else by the model that the operator declared for
    /// that. The words are there already, so its failure is no reason to wait: it is said instead.
    /// - Returns: nil where nobody was to count.
    private func speakers(_ labelled: [[Turn]], in sound: SpeechPieces) -> TranscriptProblem? {
        if let voices = Voices(labelled, voiced: sound.voiced, engine: provider.model) { return TranscriptProblem(voices) }
        guard let model = provider.speakersModel else { return nil }
        var turns: [[Turn]] = []
        do throws(TranscriptionError) {
            if model != provider.model { turns = try ask(model, of: sound, ledger.serving(.voices)).map(\.turns) }
        } catch {
            return TranscriptProblem(uncountedBy: model, because: error.reason)
        }
        guard let voices = Voices(turns, voiced: sound.voiced, engine: model) else {
            return TranscriptProblem(uncountedBy: model, because: "its answer labels nobody")
        }
        return TranscriptProblem(voices)
    }

    // ---- Requests

    private func ask(_ model: String, of sound: SpeechPieces, _ ledger: Ledger) throws(TranscriptionError) -> [VerboseTranscript] {
        var parts: [VerboseTranscript] = []
        for piece in sound.pieces { parts.append(try ask(model, piece, of: sound, ledger)) }
        return parts
    }

    private func ask(
        _ model: String, _ piece: SpeechPieces.Piece, of sound: SpeechPieces, _ ledger: Ledger
    ) throws(TranscriptionError) -> VerboseTranscript {
        let bytes = try sound.encoded(piece)
        // A fast service takes a tenth of the sound's length, one of our own processors four times as long.
        let timeout = max(provider.timeoutSeconds, Int(piece.seconds / 4))
        let call: Identifier
        do throws(ModelFailure) {
            call = try ledger.begin(
                Ledger.Intent(
                    model: model, inputSHA256: Hex.encode(SHA256.hash(bytes)),
                    most: provider.cost(Usage(seconds: piece.seconds), model: model),
                    seconds: timeout * provider.attempts)
            ).call
        } catch {
            throw error.ofTranscription
        }
        let exchange = Exchange(provider)
        var result = Ledger.Result(model: model)
        do throws(ExchangeFailure) {
            let form = MultipartForm(fields(of: model), file: bytes, name: sound.format.fileName, type: sound.format.mediaType)
            let reply = try exchange.post(isWhisperCPP ? "/inference" : "/audio/transcriptions", form.body, type: form.type, timeoutSeconds: timeout)
            let part = try VerboseTranscript(reply, offset: piece.start, seconds: piece.seconds)
            (result.attempts, result.requestID) = (exchange.attempts, exchange.requestID)
            result.usage = Usage(seconds: piece.seconds)
            result.health = .up
            ledger.finish(call, result)
            return part
        } catch {
            (result.attempts, result.requestID) = (exchange.attempts, exchange.requestID)
            let (failure, health) = HostedModel.verdict(on: error)
            result.failure = failure
            // A provider that cannot count voices may transcribe as well as ever.
            result.health = model == provider.model ? health : nil
            ledger.finish(call, result)
            throw failure.ofTranscription
        }
    }

    private func fields(of model: String) -> [(String, String)] {
        // OpenAI's own later models give text alone.
        let givesTimes = !model.hasPrefix("gpt-")
        let shape = givesTimes ? "verbose_json" : "json"
        // Left to itself it takes everything for English, writes down what the words would be in it, and breaks lines within
        // words. (https://github.com/ggml-org/whisper.cpp/blob/master/examples/server/server.cpp)
        if isWhisperCPP {
            return [("response_format", shape), ("temperature", "0"), ("language", "auto"), ("split_on_word", "true")]
        }
        // https://platform.openai.com/docs/guides/speech-to-text#speaker-diarization: without a strategy the service takes no
        // more than 30 seconds.
        if model == provider.speakersModel {
            return [("model", model), ("response_format", "diarized_json"), ("chunking_strategy", "auto")]
        }
        let times = givesTimes ? [("timestamp_granularities[]", "word"), ("timestamp_granularities[]", "segment")] : []
        return [("model", model), ("response_format", shape)] + times
    }
}

extension TranscriptionError {
    /// Without a full stop.
    fileprivate var reason: String {
        switch self {
        case .unavailable(_, let detail), .declined(let detail): detail.hasSuffix(".") ? String(detail.dropLast()) : detail
        default: "the recording could not be prepared for it"
        }
    }
}

extension ModelFailure {
    fileprivate var ofTranscription: TranscriptionError {
        switch self {
        case .unavailable(let seconds, let detail): .unavailable(retryAfter: seconds, detail: detail)
        case .overBudget, .refused, .unusable: .declined(detail: description)
        }
    }
}

/// A body of multipart/form-data (RFC 7578) with fields and one file.
struct MultipartForm {
    let type: String
    let body: [UInt8]

    init(_ fields: [(String, String)], file: [UInt8], name: String, type fileType: String) {
        let boundary = "parley-\(Hex.encode(SecureRandom.bytes(16)))"
        var text = ""
        for (name, value) in fields {
            text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n"
        }
        text += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n"
        text += "Content-Type: \(fileType)\r\n\r\n"
        type = "multipart/form-data; boundary=\(boundary)"
        body = Array(text.utf8) + file + Array("\r\n--\(boundary)--\r\n".utf8)
    }
}
