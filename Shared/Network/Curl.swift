import CCurl

/// Owns one easy handle of libcurl (https://curl.se/libcurl/c/). The handle keeps
/// its connections between transfers; its options are forgotten at each `reset`.
@safe final class Curl {
    let handle: UnsafeMutableRawPointer
    /// Where libcurl writes its message; it lives as long as the handle.
    private let message: UnsafeMutablePointer<CChar>
    private let certificateAuthorities: String?
    /// The lists of the last transfer, which libcurl does not copy.
    private var heads: [UnsafeMutablePointer<curl_slist>?] = unsafe []

    private static let isInitialized = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    init(certificateAuthorities: String?) {
        precondition(Self.isInitialized, "curl_global_init failed")
        unsafe handle = curl_easy_init()!
        unsafe message = .allocate(capacity: Int(CURL_ERROR_SIZE))
        self.certificateAuthorities = certificateAuthorities
    }

    deinit {
        unsafe curl_easy_cleanup(handle)
        freeLists()
        unsafe message.deallocate()
    }

    /// Forgets the last transfer's options and sets those that every transfer has.
    func reset(url: String, protocols: String, timeout: Duration, connectTimeout: Duration) {
        unsafe curl_easy_reset(handle)
        freeLists()
        set(CURLOPT_URL, url)
        set(CURLOPT_PROTOCOLS_STR, protocols)
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        // A proxy that the environment names would see everything and hide the
        // address we really call.
        set(CURLOPT_PROXY, "")
        set(CURLOPT_TIMEOUT_MS, timeout.milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, connectTimeout.milliseconds)
        // libcurl says goodbye to mail servers after the time is up, and would
        // wait two minutes for their answer.
        set(CURLOPT_SERVER_RESPONSE_TIMEOUT, max(1, timeout.milliseconds / 1000))
        if let certificateAuthorities { set(CURLOPT_CAINFO, certificateAuthorities) }
    }

    func set(_ option: CURLoption, _ value: Int) {
        unsafe require(curl_set_long(handle, option, value))
    }

    func set(_ option: CURLoption, size: Int) {
        unsafe require(curl_set_size(handle, option, curl_off_t(size)))
    }

    /// libcurl copies the text.
    func set(_ option: CURLoption, _ value: String) {
        unsafe require(curl_set_text(handle, option, value))
    }

    /// Says where what comes goes to.
    ///
    /// - parameter transfer: must live until the transfer is over.
    /// - parameter lists: options that take lists, such as CURLOPT_HTTPHEADER.
    func prepare(_ transfer: Transfer, lists: [(CURLoption, [String])]) {
        let context = unsafe Unmanaged.passUnretained(transfer).toOpaque()
        unsafe require(curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, Transfer.onBody))
        unsafe require(curl_set_pointer(handle, CURLOPT_WRITEDATA, context))
        unsafe require(curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION, Transfer.onLine))
        unsafe require(curl_set_pointer(handle, CURLOPT_HEADERDATA, context))
        unsafe require(curl_set_data_callback(handle, CURLOPT_READFUNCTION, Transfer.onUpload))
        unsafe require(curl_set_pointer(handle, CURLOPT_READDATA, context))
        unsafe require(curl_set_progress_callback(handle, Transfer.onProgress))
        unsafe require(curl_set_pointer(handle, CURLOPT_XFERINFODATA, context))
        set(CURLOPT_NOPROGRESS, 0)
        unsafe require(curl_set_socket_callback(handle, Transfer.onSocket))
        unsafe require(curl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, context))
        unsafe message.pointee = 0
        unsafe require(curl_set_pointer(handle, CURLOPT_ERRORBUFFER, message))
        for (option, items) in lists {
            let head = unsafe items.reduce(nil) { head, item in unsafe curl_slist_append(head, item) }
            unsafe heads.append(head)
            unsafe require(curl_set_list(handle, option, head))
        }
    }

    private func freeLists() {
        unsafe heads.forEach { unsafe curl_slist_free_all($0) }
        unsafe heads = []
    }

    /// Runs the transfer that was set up.
    ///
    /// - parameter body: lent to libcurl as CURLOPT_POSTFIELDS; nil for none.
    func perform(
        _ transfer: Transfer, body: [UInt8]? = nil, lists: [(CURLoption, [String])]
    ) -> CURLcode {
        prepare(transfer, lists: lists)
        // Both must stay where they are until libcurl is done.
        return withExtendedLifetime(transfer) {
            guard let body else { return unsafe curl_easy_perform(handle) }
            set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
            return unsafe body.withUnsafeBytes { bytes in
                unsafe require(curl_set_pointer(handle, CURLOPT_POSTFIELDS, bytes.baseAddress))
                return unsafe curl_easy_perform(handle)
            }
        }
    }

    /// Gives libcurl a copy of the body, for a transfer that goes on after this returns.
    func copyBody(_ body: [UInt8]) {
        set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
        unsafe body.withUnsafeBytes { bytes in
            unsafe require(curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, bytes.baseAddress))
        }
    }

    /// Numbers about the last transfer, such as CURLINFO_RESPONSE_CODE.
    func info(_ item: CURLINFO) -> Int {
        unsafe curl_get_long(handle, item)
    }

    /// What libcurl said about a transfer that failed.
    func detail(of outcome: CURLcode) -> String {
        unsafe String(cString: message.pointee == 0 ? curl_easy_strerror(outcome) : UnsafePointer(message))
    }

    /// An option is refused only when libcurl was built without it.
    private func require(_ outcome: CURLcode) {
        precondition(outcome == CURLE_OK, "libcurl refused an option")
    }
}

extension NetworkError.Code {
    init(_ outcome: CURLcode, _ transfer: Transfer, wasSent: Bool) {
        self =
            switch outcome {
            case CURLE_URL_MALFORMAT: .invalidRequest
            // Our URL's, or that of a reply that is not HTTP.
            case CURLE_UNSUPPORTED_PROTOCOL: wasSent ? .protocolViolation : .invalidRequest
            case CURLE_COULDNT_RESOLVE_HOST: .couldNotResolve
            case CURLE_COULDNT_CONNECT: transfer.hasRefusedAddress ? .refusedAddress : .couldNotConnect
            case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED,
                CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CERTPROBLEM:
                .insecure
            case CURLE_OPERATION_TIMEDOUT: .timedOut
            case CURLE_ABORTED_BY_CALLBACK: .aborted
            case CURLE_WRITE_ERROR: transfer.isTooLarge ? .tooLarge : .protocolViolation
            case CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING, CURLE_RECV_ERROR, CURLE_SEND_ERROR: .connectionLost
            // Before a word was said, libcurl denies the credentials in an HTTP URL.
            case CURLE_LOGIN_DENIED: transfer.lines.isEmpty ? .invalidRequest : .loginRefused
            default: .protocolViolation
            }
    }
}

extension Duration {
    fileprivate var milliseconds: Int { Int(self / .milliseconds(1)) }
}
