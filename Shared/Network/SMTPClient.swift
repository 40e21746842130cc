import CCurl

/// Hands mail to a mail server.
///
/// With credentials in the URL, TLS is required before they are sent: from the
/// first byte with `smtps:`, by STARTTLS with `smtp:`. Without credentials `smtp:`
/// is plain, for a relay on this machine or on a trusted network.
public final class SMTPClient {
    private let curl: Curl
    private let url: String
    private let requiresTLS: Bool

    /// - parameter url: `smtp://host:port` or `smtps://host:port`, credentials as
    ///   `smtp://user:password@host:port`, percent-encoded.
    /// - parameter certificateAuthorities: a PEM file to trust instead of the system's.
    public init(url: String, certificateAuthorities: String? = nil) throws(NetworkError) {
        guard url.hasPrefix("smtp://") || url.hasPrefix("smtps://"),
            url.utf8.allSatisfy({ (0x21...0x7e).contains($0) })
        else { throw .invalid("a mail server's URL begins with smtp:// or smtps://") }
        self.url = url
        // Wherever an @ stands: rather TLS too often than a password in the clear.
        requiresTLS = url.utf8.contains(UInt8(ascii: "@"))
        curl = Curl(certificateAuthorities: certificateAuthorities)
    }

    /// Returns once the server has taken responsibility for the message, for all
    /// the recipients; otherwise it has not been taken for any.
    ///
    /// - parameter message: RFC 5322 with lines that end in CR LF; dots that begin
    ///   lines are stuffed here.
    /// - parameter sender: the envelope's address, where failures are reported.
    /// - parameter whileWaiting: as with `HTTPClient.send`.
    /// - throws: `refusedForNow` and `refusedForGood` when the server said so.
    public func send(
        _ message: [UInt8], from sender: String, to recipients: [String],
        timeout: Duration = .seconds(60), whileWaiting: @escaping () -> Bool = { true }
    ) throws(NetworkError) {
        guard !recipients.isEmpty, (recipients + [sender]).allSatisfy(isEnvelopeAddress) else {
            throw .invalid("the envelope holds what is not a mail address")
        }
        guard hasOnlyWholeLineEnds(message) else {
            throw .invalid("the message holds a CR or LF that stands alone")
        }
        let transfer = Transfer(replyLimit: 0, reach: .anywhere, whileWaiting: whileWaiting)
        transfer.upload = message[...]

        curl.reset(url: url, protocols: "smtp,smtps", timeout: timeout, connectTimeout: .seconds(10))
        curl.set(CURLOPT_USE_SSL, Int((requiresTLS ? CURLUSESSL_ALL : CURLUSESSL_NONE).rawValue))
        curl.set(CURLOPT_MAIL_FROM, "<\(sender)>")
        curl.set(CURLOPT_UPLOAD, 1)
        curl.set(CURLOPT_INFILESIZE_LARGE, size: message.count)
        // Servers close idle sessions; a message is rare enough for its own.
        curl.set(CURLOPT_FORBID_REUSE, 1)
        let outcome = curl.perform(
            transfer, lists: [(CURLOPT_MAIL_RCPT, recipients.map { "<\($0)>" })])
        guard outcome == CURLE_OK else { throw failure(outcome, transfer) }
    }

    private func failure(_ outcome: CURLcode, _ transfer: Transfer) -> NetworkError {
        let wasSent = transfer.upload.isEmpty
        let code = NetworkError.Code(outcome, transfer, wasSent: wasSent)
        // libcurl reports a refusal as one of these; 221 is the answer to its QUIT.
        let last = transfer.lines.last { !$0.hasPrefix("221") }
        guard let refusal = last, refusal.hasPrefix("4") || refusal.hasPrefix("5"),
            code == .connectionLost || code == .protocolViolation
        else {
            return NetworkError(code: code, mayHaveBeenSent: wasSent, detail: curl.detail(of: outcome))
        }
        return NetworkError(
            code: refusal.hasPrefix("4") ? .refusedForNow : .refusedForGood, mayHaveBeenSent: false,
            detail: refusal.filter { !$0.isNewline })
    }
}

/// Whether the text can stand between < and > of an SMTP command as one address.
private func isEnvelopeAddress(_ text: String) -> Bool {
    text.utf8.count <= 254 && text.utf8.contains(UInt8(ascii: "@"))
        && text.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"<>".utf8.contains($0) }
}

/// Lone CRs and LFs are read as line ends by some servers and not by others, which
/// lets a message smuggle in a second one.
private func hasOnlyWholeLineEnds(_ message: [UInt8]) -> Bool {
    let cr = UInt8(ascii: "\r"), lf = UInt8(ascii: "\n")
    var previous: UInt8 = 0
    for byte in message {
        guard (previous == cr) == (byte == lf) else { return false }
        previous = byte
    }
    return previous != cr
}
