public import Endpoint
import Events
public import JSON
import POSIX
public import Postgres
public import Speech
public import Validation

/// What a model is used for; costs are shown by it.
public enum Purpose: String, Choice {
    case transcription, rating, resume, questions, screening
    /// Counting the voices in a recording.
    case voices

    /// What delivers work again that has waited too long.
    fileprivate var overdue: Topic {
        switch self {
        case .transcription, .voices: .transcriptionOverdue
        case .rating: .ratingOverdue
        case .resume, .questions, .screening: .resumeOverdue
        }
    }
}

/// The engines that the operator declared and the organisations chose.
public struct Engines {
    private let file: ProviderFile
    private let temporaryFolder: String

    /// Reads the file that `PARLEY_AI` names. Without it every organisation has the offline engines.
    /// - Throws: `UNAVAILABLE` when it is wrong; the log says how, with a right example.
    public init(_ environment: Environment) throws(Failure) {
        temporaryFolder = environment["PARLEY_TEMPORARY"] ?? "/tmp"
        guard let path = environment["PARLEY_AI"], environment.rehearsal == nil else {
            file = .none
            return
        }
        do {
            guard let text = try? File.read(path, limit: 1 << 20) else { throw Refusal("PARLEY_AI names a file that cannot be read: \(path)") }
            file = try ProviderFile(text)
        } catch {
            throw .unavailable("The service is not configured.", cause: "\((error as? Refusal)?.message ?? "\(error)")")
        }
    }

    /// All that the operator declared, in the file's order.
    public var providers: [Provider] { file.providers }

    /// The model that the organisation of this session has chosen, or nil: the offline engine then does the work.
    ///
    /// - Parameter subject: the answer or résumé that the work is about; the ledger of calls names it.
    public func languageModel(
        for purpose: Purpose, about subject: Identifier? = nil, of session: Session
    ) throws(Failure) -> (any LanguageModel)? {
        guard let provider = try chosen(of: session, \.languageModel)?.provider, !provider.kind.transcribes else { return nil }
        return HostedModel(
            provider: provider, ledger: Ledger(session: session, provider: provider, purpose: purpose, subject: subject))
    }

    /// The transcriber that the organisation of this session has chosen, or nil: the offline one then does the work.
    ///
    /// - Parameters:
    ///   - subject: the answer whose recording it is.
    ///   - countsVoices: whether it may say how many people speak, if the organisation wants that.
    public func transcriber(
        about subject: Identifier? = nil, of session: Session, countsVoices: Bool
    ) throws(Failure) -> (any Transcriber)? {
        guard let (provider, setting) = try chosen(of: session, \.transcriber), provider.kind.transcribes else { return nil }
        return HostedTranscriber(
            provider: provider,
            ledger: Ledger(session: session, provider: provider, purpose: .transcription, subject: subject),
            temporaryFolder: temporaryFolder, countsVoices: countsVoices && setting.countsVoices)
    }

    /// The batches of the organisation's model; nil where it has chosen none, or its protocol has none.
    public func batches(of session: Session) throws(Failure) -> MessageBatches? {
        guard let provider = try chosen(of: session, \.languageModel)?.provider, provider.kind == .anthropic else { return nil }
        return MessageBatches(provider: provider, session: session)
    }

    /// The batches of a provider, whatever the organisation has chosen since; nil when it is not declared any more.
    public func batches(named name: String, of session: Session) -> MessageBatches? {
        file.providers.first { $0.name == name && $0.kind == .anthropic }.map { MessageBatches(provider: $0, session: session) }
    }

    /// How long work waits for a provider before it goes on without.
    public var patienceSeconds: Int { file.fallbackAfterSeconds }

    private func chosen(
        of session: Session, _ choice: KeyPath<EngineSetting, String?>
    ) throws(Failure) -> (provider: Provider, setting: EngineSetting)? {
        guard !file.providers.isEmpty else { return nil }
        let setting = try EngineSetting.read(session)
        return file.providers.first { $0.name == setting[keyPath: choice] }.map { ($0, setting) }
    }
}

// ---- Waiting and falling back -----------------------------------------------------------

extension Engines {
    /// Has the organisation's model do a piece of work. While its provider is unavailable the work waits: this throws
    /// `UNAVAILABLE`, and the courier comes again. After the time the operator stated, or when waiting cannot help, the
    /// offline engine does it.
    ///
    /// - Parameters:
    ///   - model: uses the model, as often as it likes.
    ///   - offline: does the work without one. It is told why, for the result's label; nil when the organisation
    ///     has chosen no model.
    public func answer<Result>(
        _ work: Work, of session: Session, model: (any LanguageModel) throws(ModelFailure) -> Result,
        offline: (Fallback?) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        guard let chosen = try languageModel(for: work.purpose, about: work.subject, of: session) else { return try offline(nil) }
        let result: Result
        do throws(ModelFailure) {
            result = try model(chosen)
        } catch {
            return try offline(try fallback(after: error, work, of: session))
        }
        try endWait(work.purpose, about: work.subject, of: session)
        return result
    }

    /// The same for a recording, with the organisation's transcriber.
    ///
    /// - Parameter countsVoices: whether it may say how many people speak, if the organisation wants that.
    /// - Returns: what is the recording's own fault as a failure; nothing that is the service's.
    public func transcribe(
        _ recording: String, _ work: Work, of session: Session, countsVoices: Bool,
        offline: (Fallback?) throws(Failure) -> Swift.Result<Transcript, TranscriptionError>
    ) throws(Failure) -> Swift.Result<Transcript, TranscriptionError> {
        guard let chosen = try transcriber(about: work.subject, of: session, countsVoices: countsVoices) else {
            return try offline(nil)
        }
        let result: Swift.Result<Transcript, TranscriptionError>
        do throws(TranscriptionError) {
            result = .success(try chosen.transcribe(recording))
        } catch {
            switch error {
            case .unavailable(let seconds, let detail):
                return try offline(try fallback(after: .unavailable(retryAfter: seconds, detail: detail), work, of: session))
            case .declined(let detail):
                return try offline(Fallback(reason: .unusable, detail: detail))
            default: result = .failure(error)
            }
        }
        try endWait(work.purpose, about: work.subject, of: session)
        return result
    }

    /// Why the offline engine is to do the work now.
    /// - Throws: `UNAVAILABLE` when it is to wait.
    private func fallback(after failure: ModelFailure, _ work: Work, of session: Session) throws(Failure) -> Fallback {
        guard case .unavailable(let seconds, let detail) = failure else {
            try endWait(work.purpose, about: work.subject, of: session)
            return Fallback(failure)
        }
        struct Wait: Decodable {
            let since: Timestamp
            let isOver: Bool
        }
        let wait: Wait? = try session.transaction { transaction throws(Failure) in
            try transaction.row(
                """
                SELECT since, is_over FROM begin_ai_wait(\(work.purpose), \(work.subject), \(work.purpose.overdue.rawValue),
                    \(work.data), make_interval(secs => \(Double(file.fallbackAfterSeconds))))
                """)
        }
        guard let wait, wait.isOver else {
            throw .unavailable("The engine is not available.", retryAfter: seconds ?? 2, cause: detail)
        }
        try endWait(work.purpose, about: work.subject, of: session)
        return Fallback(reason: .unavailable, detail: "The engine was not available since \(wait.since): \(detail).")
    }

    /// Notes that work waits no more: it was done, or nobody may do it any more.
    public func endWait(_ purpose: Purpose, about subject: Identifier, of session: Session) throws(Failure) {
        try session.transaction { transaction throws(Failure) in
            transaction.queue("SELECT end_ai_wait(\(purpose), \(subject))")
        }
    }
}

/// A piece of work that may have to wait.
public struct Work: Sendable {
    public let purpose: Purpose
    /// The answer or résumé it is about.
    public let subject: Identifier
    /// The function's own input. When the work has waited long enough it is delivered once more, as
    /// `transcription.overdue`, `rating.overdue` or `resume.overdue`: the function subscribes to that, too.
    public let data: JSON

    public init(_ purpose: Purpose, about subject: Identifier, data: JSON) {
        self.purpose = purpose
        self.subject = subject
        self.data = data
    }
}

/// Why the offline engine did what a model should have done.
public struct Fallback: Codable, Sendable, Equatable {
    public let reason: Reason
    /// A sentence for the people who read the result.
    public let detail: String

    public enum Reason: String, Codable, Sendable {
        case unavailable, overBudget, refused, unusable
    }

    public init(reason: Reason, detail: String) {
        self.reason = reason
        self.detail = detail
    }

    fileprivate init(_ failure: ModelFailure) {
        switch failure {
        case .unavailable: self.init(reason: .unavailable, detail: failure.description)
        case .overBudget: self.init(reason: .overBudget, detail: failure.description)
        case .refused: self.init(reason: .refused, detail: failure.description)
        case .unusable: self.init(reason: .unusable, detail: failure.description)
        }
    }
}
