/// Why a document has no text for us. The description is a sentence for whoever uploaded it.
public enum DocumentProblem: Error, Sendable, Equatable {
    case empty
    /// It opens only with a password.
    case encrypted
    /// Its bytes break the rules of its format, or end too early.
    case damaged
    /// Neither PDF, DOC nor DOCX; `what` says what it is, for example "a JPEG picture".
    case unsupported(what: String)
    /// It is two formats at once, so that two programs could read two documents in it.
    case ambiguous
    case tooManyPages(most: Int)
    case tooLarge(mostBytes: Int)
    /// It takes more time or memory to read than a document of its size deserves.
    case tooComplex
    /// It was read and says nothing.
    case noText
    /// A program that is needed failed; not the document's fault. The detail is for the log.
    case toolFailed(detail: String)
}

extension DocumentProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .empty: "The file is empty."
        case .encrypted: "The file is protected with a password. Save it without one and upload it again."
        case .damaged: "The file is damaged or incomplete. Save it again as PDF and upload that."
        case .unsupported(let what): "The file is \(what). Upload a PDF, DOC or DOCX file."
        case .ambiguous: "The file is a PDF and something else at once. Save it again as PDF and upload that."
        case .tooManyPages(let most): "The document has more than \(most) pages."
        case .tooLarge(let mostBytes): "The file is larger than \(mostBytes / 1_000_000) MB."
        case .tooComplex: "The file takes too long or too much memory to read. Save it again as PDF and upload that."
        case .noText: "The document has no text that can be read."
        case .toolFailed: "The document cannot be read at the moment. Try again later."
        }
    }
}
