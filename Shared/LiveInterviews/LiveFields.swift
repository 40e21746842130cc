public import JSON
public import Validation

/// The name of a time zone as the IANA lists it, such as `Europe/Berlin`. Whether there is one of
/// that name is known to the database only.
public struct TimeZoneName: Wrapper {
    public let value: String

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
        guard (1...64).contains(value.utf8.count), value.utf8.allSatisfy(Self.isAllowed) else {
            throw Refusal("must be the name of a time zone such as Europe/Berlin")
        }
    }

    private init(unchecked value: String) { self.value = value }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: "_/+-".utf8.contains(byte)
        }
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: "Europe/Berlin") }
    public static var schema: JSON {
        [
            "type": "string", "pattern": "^[A-Za-z0-9_/+-]{1,64}$",
            "description": "The name of a time zone as the IANA lists it", "examples": ["Europe/Berlin"],
        ]
    }
}

/// The address of a meeting on the web: https, with a host, without a user's name or spaces.
public struct MeetingLink: Wrapper {
    public let value: String

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
        guard value.utf8.count <= 2000, Self.isLink(value) else {
            throw Refusal("must be an https address such as https://meet.example/room")
        }
    }

    private init(unchecked value: String) { self.value = value }

    private static func isLink(_ text: String) -> Bool {
        guard text.hasPrefix("https://"), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && !"<>\"\\^`{|}".utf8.contains($0) })
        else { return false }
        let host = text.dropFirst(8).prefix { !"/?#".contains($0) }
        return host.contains(".") && !host.contains("@") && !host.hasPrefix(".") && !host.hasSuffix(".")
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: "https://meet.example/room") }
    public static var schema: JSON {
        [
            "type": "string", "format": "uri", "pattern": "^https://[^@\\s]+$", "maxLength": 2000,
            "examples": ["https://meet.example/room"],
        ]
    }
}
