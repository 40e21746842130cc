public import JSON
public import Validation

/// What a candidate may agree to or refuse, each by itself.
public enum ConsentPurpose: String, Choice {
    case recording = "RECORDING"
    case transcription = "TRANSCRIPTION"
    case analysis = "ANALYSIS"
    case monitoring = "MONITORING"
}

/// A language that the texts are there in: ISO 639-1.
public enum ConsentLocale: String, Choice {
    case english = "en"
    case german = "de"
    case spanish = "es"

    /// The one to show somebody whose browser asks for `tag`: English when it is none of them.
    public init(for tag: LanguageTag?) {
        self = tag.flatMap { Self(rawValue: $0.language) } ?? .english
    }
}

/// A language as browsers name it (RFC 5646), `de-AT`.
public struct LanguageTag: Wrapper {
    public let value: String
    /// The first part, in lower case.
    public var language: String { String(value.prefix { $0 != "-" }).lowercased() }

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        let isTag = value.utf8.count <= 35 && parts.allSatisfy { part in
            (1...8).contains(part.utf8.count) && part.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        }
        guard isTag, parts[0].count >= 2, parts[0].allSatisfy(\.isLetter) else {
            throw Refusal("must be a language such as de or de-AT")
        }
    }

    private init(unchecked value: String) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: "de-AT") }
    public static var schema: JSON {
        ["type": "string", "maxLength": 35, "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$"]
    }
}

/// One thing that a candidate is asked to agree to.
public struct ConsentItem: Codable, Sendable {
    public let purpose: ConsentPurpose
    public let text: String
    /// Whether the interview cannot be taken here without it.
    public let required: Bool

    /// All of them, in the order they are asked in.
    public static func all(in locale: ConsentLocale, asksForVideo: Bool) -> [ConsentItem] {
        ConsentPurpose.allCases.map { purpose in
            ConsentItem(
                purpose: purpose, text: ConsentText.text(purpose, locale), required: purpose == .recording && asksForVideo)
        }
    }
}

/// The proof of one choice: which text was shown and what was chosen, when.
public struct ConsentReceipt: Codable, Sendable {
    public let purpose: ConsentPurpose
    public let granted: Bool
    /// ``ConsentText/version`` of the text.
    public let version: String
    public let locale: String
    /// SHA-256 of the text's UTF-8 bytes, in hexadecimal digits.
    public let textHash: String
    public let givenAt: Timestamp
}
