public import JSON

/// `least` to `most` elements.
public struct List<Element: Codable & Sendable, let least: Int, let most: Int>: Field {
    public let elements: [Element]

    public init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        let count = container.count ?? 0
        guard count >= least, count <= most else {
            throw Refusal("must have \(least) to \(most) elements, not \(count)")
        }
        var elements: [Element] = []
        while !container.isAtEnd { elements.append(try container.decode(Element.self)) }
        self.elements = elements
    }

    private init(unchecked elements: [Element]) { self.elements = elements }

    public func encode(to encoder: any Encoder) throws { try elements.encode(to: encoder) }

    public static var example: Self { Self(unchecked: []) }
    public static var schema: JSON {
        [
            "type": "array", "items": .inputSchema(of: Element.self),
            "minItems": .integer(least), "maxItems": .integer(most),
        ]
    }
}
