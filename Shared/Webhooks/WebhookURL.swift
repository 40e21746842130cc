public import JSON
import Network
public import Validation

/// Where an organisation's events may be sent: an https address with a public name or number, and
/// on a machine for tests http on this machine itself.
///
/// What a name resolves to is judged when it is called, by the connection itself (``HTTPClient/Reach``);
/// what is refused here could never be called, and whoever writes it learns so at once.
public struct WebhookURL: Wrapper {
    public let value: String
    /// Whether it is http on this machine, which an installation must allow.
    public let isLoopback: Bool

    public static let most = 2000

    public init(_ text: String) throws(Refusal) {
        guard (1...Self.most).contains(text.utf8.count), text.utf8.allSatisfy(Self.isOrdinary) else {
            throw Refusal("must be an https address such as \(Self.example.value), percent-encoded, of at most \(Self.most) characters")
        }
        let isSecure = text.lowercased().hasPrefix("https://")
        guard isSecure || text.lowercased().hasPrefix("http://") else { throw Refusal("must begin with https://") }
        let authority = text.dropFirst(isSecure ? 8 : 7).prefix { !"/?#".contains($0) }
        guard !authority.contains("@") else { throw Refusal("must not hold a user name or a password") }
        guard !text.contains("#") else { throw Refusal("must not have a fragment") }
        let (host, port) = try Self.parts(of: authority)
        if isSecure {
            guard port == nil || port == 443 || port! >= 1024 else { throw Refusal("must use port 443, or one from 1024 up") }
            guard Self.mayBePublic(host) else { throw Refusal("must not be an address of a private network") }
        } else {
            guard host == "localhost" || IPAddress(host)?.isLoopback == true else { throw Refusal("must begin with https://") }
        }
        value = text
        isLoopback = !isSecure
    }

    /// Visible ASCII, less what RFC 3986 does not have in any address.
    private static func isOrdinary(_ byte: UInt8) -> Bool {
        (0x21...0x7e).contains(byte) && !"\"<>\\^`{|}".utf8.contains(byte)
    }

    private static func parts(of authority: Substring) throws(Refusal) -> (host: String, port: Int?) {
        let isBracketed = authority.hasPrefix("[")
        let end = isBracketed ? authority.firstIndex(of: "]") : authority.firstIndex(of: ":") ?? authority.endIndex
        guard let end else { throw Refusal("must have a host") }
        let host = isBracketed ? authority[authority.index(after: authority.startIndex)..<end] : authority[..<end]
        let rest = isBracketed ? authority[authority.index(after: end)...] : authority[end...]
        guard !host.isEmpty, !isBracketed || host.contains(":") else { throw Refusal("must have a host") }
        guard !rest.isEmpty else { return (host.lowercased(), nil) }
        guard rest.hasPrefix(":"), rest.utf8.dropFirst().allSatisfy({ (48...57).contains($0) }),
            let port = Int(rest.dropFirst()), (1...65535).contains(port)
        else { throw Refusal("must have a port from 1 to 65535, or none") }
        return (host.lowercased(), port)
    }

    /// False for what is private by its name or number alone, and for numbers in other spellings
    /// than the usual ones (`127.1`, `0x7f000001`).
    private static func mayBePublic(_ host: String) -> Bool {
        if let address = IPAddress(host) { return address.isPublic }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.count >= 2, labels.allSatisfy(isLabel), let last = labels.last,
            last.utf8.contains(where: { (97...122).contains($0) }), !last.hasPrefix("0x")
        else { return false }
        return !["localhost", "local", "internal", "lan", "home", "corp", "test", "invalid"].contains(last)
            && !host.hasSuffix(".home.arpa")
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 45 }
    }

    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    private init(unchecked value: String) {
        self.value = value
        isLoopback = false
    }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: "https://hooks.example.com/parley") }
    public static var schema: JSON {
        ["type": "string", "format": "uri", "maxLength": .integer(most), "examples": [.string(example.value)]]
    }
}
