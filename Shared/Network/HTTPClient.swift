import CCurl

/// Calls HTTP servers, one request at a time, over connections it keeps.
///
/// It speaks HTTP/1.1, never follows redirects and ignores proxies, cookies and
/// .netrc. Where a kept connection turns out closed before a byte of reply,
/// libcurl sends the request once more.
public final class HTTPClient {
    private let curl: Curl
    private let reach: Reach

    /// Which addresses may be connected to. They are judged after the name was resolved, and the
    /// connection is made to the very address that was judged.
    public enum Reach: Sendable {
        case anywhere
        /// For URLs that strangers chose: see `IPAddress.isPublic`.
        case publicAddresses
        /// The same, and this machine, for tests.
        case publicAddressesAndLoopback

        func includes(_ address: IPAddress?) -> Bool {
            switch self {
            case .anywhere: true
            case .publicAddresses: address?.isPublic == true
            case .publicAddressesAndLoopback: address?.isPublic == true || address?.isLoopback == true
            }
        }
    }

    /// - parameter reach: it belongs to the client, not to a request, because a kept connection is
    ///   not judged again.
    /// - parameter certificateAuthorities: a PEM file to trust instead of the system's.
    public init(reach: Reach = .anywhere, certificateAuthorities: String? = nil) {
        self.reach = reach
        curl = Curl(certificateAuthorities: certificateAuthorities)
    }

    /// Sends the request and waits for the whole reply, whatever its status.
    ///
    /// - parameter whileWaiting: called about once a second; false gives up with
    ///   `NetworkError.Code.aborted`. It must not use this client.
    public func send(
        _ request: HTTPRequest, whileWaiting: @escaping () -> Bool = { true }
    ) throws(NetworkError) -> HTTPReply {
        try request.check()
        let transfer = Transfer(replyLimit: request.replyLimit, reach: reach, whileWaiting: whileWaiting)
        curl.prepare(request)
        let body = request.mayHaveBody ? request.body : nil
        let outcome = curl.perform(transfer, body: body, lists: [(CURLOPT_HTTPHEADER, request.headerLines)])
        return try curl.reply(outcome, transfer)
    }
}

extension Curl {
    func prepare(_ request: HTTPRequest) {
        reset(
            url: request.url, protocols: "http,https", timeout: request.timeout, connectTimeout: request.connectTimeout)
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1)
        // The path is part of what some callers sign: no "tidying" of its dots.
        set(CURLOPT_PATH_AS_IS, 1)
        set(CURLOPT_USERAGENT, "Parley")
        switch request.method {
        case .get: set(CURLOPT_HTTPGET, 1)
        case .head: set(CURLOPT_NOBODY, 1)
        case .post, .put, .patch, .delete:
            set(CURLOPT_POST, 1)
            set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
        }
    }

    /// What a transfer that ended has brought.
    func reply(_ outcome: CURLcode, _ transfer: Transfer) throws(NetworkError) -> HTTPReply {
        guard outcome == CURLE_OK else {
            let wasSent = info(CURLINFO_REQUEST_SIZE) > 0
            throw NetworkError(
                code: NetworkError.Code(outcome, transfer, wasSent: wasSent), mayHaveBeenSent: wasSent,
                detail: detail(of: outcome))
        }
        return HTTPReply(
            status: info(CURLINFO_RESPONSE_CODE), headers: HTTPHeaders(lines: transfer.lines), body: transfer.body)
    }
}

extension HTTPRequest {
    var mayHaveBody: Bool { method != .get && method != .head }

    /// Refuses what could smuggle a second line into the request.
    func check() throws(NetworkError) {
        guard url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else {
            throw .invalid("the URL holds a character that must be percent-encoded")
        }
        guard mayHaveBody || body.isEmpty else { throw .invalid("\(method.rawValue) has no body") }
        for (name, value) in headers {
            guard !name.isEmpty, name.utf8.allSatisfy(isTokenCharacter) else {
                throw .invalid("a header's name is not a token")
            }
            guard value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7f || $0 == 0x09 }) else {
                throw .invalid("the header \(name) holds a control character")
            }
        }
    }

    /// Lines as libcurl takes them: `Name;` for an empty value, and `Name:` to
    /// leave out one that libcurl would add by itself.
    var headerLines: [String] {
        var lines = headers.map { $0.value.isEmpty ? "\($0.name);" : "\($0.name): \($0.value)" }
        for name in ["Expect", "Content-Type"] where headers[name] == nil { lines.append("\(name):") }
        return lines
    }
}

extension HTTPHeaders {
    /// Reads the last block of the lines: informational replies (1xx) come before it.
    fileprivate init(lines: [String]) {
        self.init()
        let start = lines.lastIndex { $0.hasPrefix("HTTP/") } ?? 0
        for line in lines[start...] {
            guard let colon = line.firstIndex(of: ":") else { continue }
            add(String(line[..<colon]), String(line[line.index(after: colon)...].trimmingSpaces))
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        let rest = drop(while: \.isWhitespace)
        return rest.prefix(rest.reversed().drop(while: \.isWhitespace).count)
    }
}

/// `tchar` of RFC 9110 section 5.6.2.
private func isTokenCharacter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "a")...UInt8(ascii: "z"):
        true
    default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
    }
}
