import Crypto
public import Endpoint
import Identity

/// Where mails that cannot be delivered come back to: an address of its own for each mail (VERP), which
/// tells whose bounce it is, and which nobody else can make.
///
/// `bounces+<id><code>@mail.example`, where `bounces@mail.example` is `PARLEY_BOUNCE_ADDRESS`; the id is
/// the delivery's, in 32 hexadecimal digits, and the code the first 20 of an HMAC-SHA256 over it.
/// Mail servers may change the case of letters, so there are small ones only.
public struct ReturnAddress: Sendable {
    private let local: String
    private let domain: String
    private let key: [UInt8]

    private static let codeLength = 20
    private static let identifierLength = 32
    /// What RFC 5321 section 4.5.3.1.1 leaves of 64, less the plus sign.
    private static let mostLocal = 64 - 1 - identifierLength - codeLength

    /// - Parameter address: what bounces are to reach whatever is added after a plus sign.
    /// - Returns: nil when it is not an address, or too long to add to.
    public init?(_ address: String, key: [UInt8]) {
        guard let mailbox = try? Mailbox(address) else { return nil }
        let sides = mailbox.address.lowercased().split(separator: "@")
        guard sides.count == 2, sides[0].utf8.count <= Self.mostLocal, !sides[0].contains("+") else { return nil }
        local = String(sides[0])
        domain = String(sides[1])
        self.key = key
    }

    /// Nil where `PARLEY_BOUNCE_ADDRESS` is not set.
    public init?(_ environment: Environment) throws(Failure) {
        guard let address = environment["PARLEY_BOUNCE_ADDRESS"] else { return nil }
        guard let made = Self(address, key: try environment.key(for: "bounces")) else {
            throw .unavailable(
                "The service is not configured.",
                cause: "PARLEY_BOUNCE_ADDRESS: must be an address with at most \(Self.mostLocal) characters before the @ and no +")
        }
        self = made
    }

    /// The address for what a delivery sends; nil unless its id is a UUID, as the courier's are.
    public func address(for delivery: String) -> String? {
        let digits = delivery.lowercased().filter { $0 != "-" }
        guard delivery.utf8.count == 36, digits.utf8.count == Self.identifierLength, Hex.decode(digits) != nil else { return nil }
        return "\(local)+\(digits)\(code(of: digits))@\(domain)"
    }

    /// The delivery whose return address this is; nil for any other address.
    public func delivery(of address: String) -> String? {
        let sides = address.lowercased().split(separator: "@", omittingEmptySubsequences: false)
        guard sides.count == 2, sides[1] == domain, sides[0].hasPrefix("\(local)+") else { return nil }
        let tag = Array(sides[0].dropFirst(local.count + 1).utf8)
        guard tag.count == Self.identifierLength + Self.codeLength else { return nil }
        let digits = String(decoding: tag.prefix(Self.identifierLength), as: UTF8.self)
        guard Hex.decode(digits) != nil, constantTimeEquals(Array(tag.dropFirst(Self.identifierLength)), Array(code(of: digits).utf8))
        else { return nil }
        var parts: [Substring] = []
        var rest = digits[...]
        for length in [8, 4, 4, 4, 12] {
            parts.append(rest.prefix(length))
            rest = rest.dropFirst(length)
        }
        return parts.joined(separator: "-")
    }

    private func code(of digits: String) -> String {
        String(Hex.encode(HMACSHA256.sign(digits.utf8, key: key)).prefix(Self.codeLength))
    }
}
