public import JSON

/// One or several words of a closed set, with commas between them: `SENT,OPENED`. For queries.
public struct AnyOf<Element: Choice>: Field {
    public let elements: [Element]

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let words = text.split(separator: ",", omittingEmptySubsequences: false)
        elements = words.compactMap { Element(rawValue: String($0)) }
        guard elements.count == words.count else {
            let known = Element.allCases.map(\.rawValue).joined(separator: ", ")
            throw Refusal("must be one or, with commas between them, several of \(known)")
        }
    }

    private init(unchecked elements: [Element]) { self.elements = elements }

    /// As it is given.
    public var words: String { elements.map(\.rawValue).joined(separator: ",") }

    public func encode(to encoder: any Encoder) throws { try words.encode(to: encoder) }

    public static var example: Self { Self(unchecked: [.example]) }
    public static var schema: JSON {
        let word = Element.allCases.map(\.rawValue).joined(separator: "|")
        return ["type": "string", "pattern": .string("^(\(word))(,(\(word)))*$")]
    }
}
