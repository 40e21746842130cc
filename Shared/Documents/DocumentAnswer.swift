/// What ReadDocument prints, as JSON.
public enum DocumentAnswer: Sendable, Equatable {
    case text(DocumentText)
    /// Pages are pictures of text; they must be recognized.
    case scan
    case problem(DocumentProblem)
}

extension DocumentAnswer: Codable {
    private enum CodingKeys: CodingKey { case text, problem, detail }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .text(let text): try container.encode(text, forKey: .text)
        case .scan: break
        case .problem(let problem):
            try container.encode(problem.code, forKey: .problem)
            try container.encode(problem.detail, forKey: .detail)
        }
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let text = try container.decodeIfPresent(DocumentText.self, forKey: .text) {
            self = .text(text)
        } else if let code = try container.decodeIfPresent(String.self, forKey: .problem) {
            let detail = try container.decodeIfPresent(String.self, forKey: .detail)
            self = .problem(DocumentProblem(code: code, detail: detail))
        } else {
            self = .scan
        }
    }
}

extension DocumentProblem {
    /// The case's name, for programs.
    public var code: String {
        switch self {
        case .empty: "empty"
        case .encrypted: "encrypted"
        case .damaged: "damaged"
        case .unsupported: "unsupported"
        case .ambiguous: "ambiguous"
        case .tooManyPages: "tooManyPages"
        case .tooLarge: "tooLarge"
        case .tooComplex: "tooComplex"
        case .noText: "noText"
        case .toolFailed: "toolFailed"
        }
    }

    fileprivate var detail: String? {
        switch self {
        case .unsupported(let what): what
        case .toolFailed(let detail): detail
        case .tooManyPages(let most): "\(most)"
        default: nil
        }
    }

    fileprivate init(code: String, detail: String?) {
        let others: [DocumentProblem] = [
            .empty, .encrypted, .damaged, .ambiguous, .tooManyPages(most: detail.flatMap { Int($0) } ?? DocumentReader.mostPages),
            .tooLarge(mostBytes: DocumentReader.mostBytes), .tooComplex, .noText,
        ]
        self = others.first { $0.code == code }
            ?? (code == "unsupported" ? .unsupported(what: detail ?? "") : .toolFailed(detail: detail ?? code))
    }
}
