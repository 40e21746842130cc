import Validation

/// The name a caller gives to a request that changes something, so that it can be sent again until
/// there is an answer and still takes effect once: the header `Idempotency-Key`, with or without
/// the quotation marks of https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/.
///
/// An answer is kept with the effects of its request, in one transaction, for a day. Only a
/// success is: a request that failed has changed nothing and may be tried again under its key.
public struct IdempotencyKey: Sendable {
    /// 1 to 255 visible ASCII characters.
    public let text: String

    static let header = "Idempotency-Key"
    /// Says that an answer is one that was given before.
    static let replayed = Header("Idempotency-Replayed", "true")

    /// Nil without the header, and for what only reads.
    init?(of request: Request) throws(Failure) {
        guard request.method != "GET", request.method != "HEAD", let value = request.header(Self.header) else { return nil }
        let isQuoted = value.utf8.count >= 2 && value.hasPrefix("\"") && value.hasSuffix("\"")
        text = isQuoted ? String(value.dropFirst().dropLast()) : value
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7e).contains($0) && $0 != 0x22 }) else {
            throw .invalid(Self.header, "must have 1 to 255 visible ASCII characters, without quotation marks among them")
        }
    }
}
