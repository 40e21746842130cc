import CCurl
import Glibc

/// An IPv4 or IPv6 address. IPv4 lies where IPv6 maps it, in ::ffff:0:0/96, so
/// that both spellings are one address.
public struct IPAddress: Sendable, Equatable {
    fileprivate let bits: UInt128

    /// Reads the usual text forms; nil for anything else (there is no resolving).
    public init?(_ text: String) {
        var bytes = [UInt8](repeating: 0, count: 16)
        if unsafe inet_pton(AF_INET6, text, &bytes) == 1 {
            self.init(bytes)
        } else if unsafe inet_pton(AF_INET, text, &bytes) == 1 {
            self.init(Array(bytes.prefix(4)))
        } else {
            return nil
        }
    }

    /// Bytes in network order, 4 or 16 of them.
    private init(_ bytes: [UInt8]) {
        let value = bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        bits = bytes.count == 4 ? 0xffff << 32 | value : value
    }

    /// The address that libcurl is about to connect to; nil if it is neither IPv4 nor IPv6.
    init?(_ address: UnsafeMutablePointer<curl_sockaddr>) {
        // The structure ends in a sockaddr that is longer than declared: addrlen counts.
        let offset = MemoryLayout<curl_sockaddr>.offset(of: \.addr)!
        let bytes = unsafe Array(
            UnsafeRawBufferPointer(
                start: UnsafeRawPointer(address) + offset, count: Int(address.pointee.addrlen)))
        switch unsafe address.pointee.family {
        case AF_INET where bytes.count >= 8: self.init(Array(bytes[4..<8]))
        case AF_INET6 where bytes.count >= 24: self.init(Array(bytes[8..<24]))
        default: return nil
        }
    }

    /// Whether the address is one that anybody may be sent to: not this machine,
    /// not a private or shared network, not a link, not reserved. The ranges are
    /// those that IANA's special-purpose address registries (RFC 6890) do not call
    /// globally reachable, and those that carry IPv4 addresses inside.
    public var isPublic: Bool {
        if bits >> 32 == 0xffff { return !Self.specialIPv4.contains { $0.contains(self) } }
        // NAT64 (RFC 6052): the IPv4 address at its end is the one that is reached.
        if Self.nat64.contains(self) { return IPAddress(ipv4: bits).isPublic }
        return Self.globalIPv6.contains(self) && !Self.specialIPv6.contains { $0.contains(self) }
    }

    /// Whether it is this machine itself, and only that.
    public var isLoopback: Bool { Self.loopbackIPv4.contains(self) || bits == 1 }

    private static let loopbackIPv4: AddressRange = "127.0.0.0/8"

    private init(ipv4 bits: UInt128) {
        self.bits = 0xffff << 32 | (bits & 0xffff_ffff)
    }

    private static let specialIPv4: [AddressRange] = [
        "0.0.0.0/8",  // this host
        "10.0.0.0/8",  // private
        "100.64.0.0/10",  // carrier-grade NAT
        "127.0.0.0/8",  // loopback
        "169.254.0.0/16",  // link-local, and the metadata services of clouds
        "172.16.0.0/12",  // private
        "192.0.0.0/24",  // protocol assignments
        "192.0.2.0/24",  // documentation
        "192.88.99.0/24",  // 6to4 relays
        "192.168.0.0/16",  // private
        "198.18.0.0/15",  // benchmarks
        "198.51.100.0/24",  // documentation
        "203.0.113.0/24",  // documentation
        "224.0.0.0/4",  // multicast
        "240.0.0.0/4",  // reserved, and broadcast
    ]

    /// All that is given out. Outside of it are ::, ::1, fc00::/7 (unique local),
    /// fe80::/10 (link-local), ff00::/8 (multicast) and everything reserved.
    private static let globalIPv6: AddressRange = "2000::/3"

    private static let specialIPv6: [AddressRange] = [
        "2001::/23",  // protocol assignments: Teredo, ORCHID
        "2001:db8::/32",  // documentation
        "2002::/16",  // 6to4
        "3fff::/20",  // documentation
    ]

    private static let nat64: AddressRange = "64:ff9b::/96"
}

/// A range such as 10.0.0.0/8.
private struct AddressRange: ExpressibleByStringLiteral {
    let prefix: UInt128
    /// Bits after the prefix.
    let free: Int

    init(stringLiteral text: String) {
        let parts = text.split(separator: "/")
        let width = text.utf8.contains(UInt8(ascii: ":")) ? 128 : 32
        free = width - Int(parts[1])!
        prefix = IPAddress(String(parts[0]))!.bits >> free
    }

    func contains(_ address: IPAddress) -> Bool { address.bits >> free == prefix }
}
