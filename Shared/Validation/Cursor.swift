public import JSON

/// Where a page of a list ended, so that the next one goes on after it whatever was added meanwhile.
///
/// For lists that are ordered by a moment and, where that is the same, by id. Written as the
/// moment's microseconds, a hyphen and the id; callers only hand it back.
public struct Cursor: Field {
    public let moment: Timestamp
    public let id: Identifier

    public init(_ moment: Timestamp, _ id: Identifier) {
        self.moment = moment
        self.id = id
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let parts = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].utf8.allSatisfy({ (48...57).contains($0) }), let microseconds = Int(parts[0]),
            microseconds <= Self.latest, let id = Identifier(parts[1])
        else { throw Refusal("must be what an earlier page gave as nextCursor") }
        self.init(Timestamp(microseconds: microseconds), id)
    }

    /// The year 9999: what comes later is no cursor of ours.
    private static let latest = 253_402_300_800_000_000

    public func encode(to encoder: any Encoder) throws { try "\(moment.microseconds)-\(id)".encode(to: encoder) }

    public static var example: Self { Self(.example, .example) }
    public static var schema: JSON {
        ["type": "string", "pattern": "^[0-9]{1,18}-[0-9A-Fa-f-]{36}$"]
    }
}

extension Cursor {
    /// One page of a list of which one element more than a page was asked for.
    /// - Returns: the elements of the page, and where it ended; nil at the end of the list.
    public static func page<Element>(
        _ found: [Element], of size: Int, by position: (Element) -> Cursor
    ) -> (elements: [Element], next: Cursor?) {
        let page = Array(found.prefix(size))
        return (page, found.count > size ? page.last.map(position) : nil)
    }
}
