public import Endpoint
public import JSON
public import Postgres
public import Speech
public import Validation

/// What a model is used for; costs are shown by it.
public enum Purpose: String, Choice {
    case transcription, rating, resume, questions, screening
}

/// The engines that the operator declared and the organisations chose.
public struct Engines {
    /// Reads the file that `PARLEY_AI` names. Without it every organisation has the offline engines.
    public init(_ environment: Environment) throws(Failure) {}

    /// The model that the organisation of this session has chosen, or nil: the offline engine then does the work.
    ///
    /// - Parameter subject: the answer or résumé that the work is about; the ledger of calls names it.
    public func languageModel(
        for purpose: Purpose, about subject: Identifier? = nil, of session: Session
    ) throws(Failure) -> (any LanguageModel)? { nil }

    /// The transcriber that the organisation of this session has chosen, or nil: the offline one then does the work.
    ///
    /// - Parameter subject: the answer whose recording it is.
    public func transcriber(about subject: Identifier? = nil, of session: Session) throws(Failure) -> (any Transcriber)? { nil }

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
        try offline(nil)
    }

    /// The same for a recording, with the organisation's transcriber.
    ///
    /// - Throws: `TranscriptionError` through `Result.failure` of what is the recording's own fault.
    public func transcribe(
        _ recording: String, _ work: Work, of session: Session, offline: (Fallback?) throws(Failure) -> Swift.Result<Transcript, TranscriptionError>
    ) throws(Failure) -> Swift.Result<Transcript, TranscriptionError> {
        try offline(nil)
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
}
