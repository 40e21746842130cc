import CCurl

/// Calls HTTP servers as ``HTTPClient`` does, with many requests under way at once in one process, over
/// connections that all of them share.
@safe public final class ParallelHTTPClient {
    private let multi: UnsafeMutableRawPointer
    private let reach: HTTPClient.Reach
    private var underWay: [Int: (curl: Curl, transfer: Transfer)] = [:]
    /// Handles whose transfer is over.
    private var spare: [Curl] = []

    /// How a request ended.
    public struct Ending {
        /// The request's number, as it was begun with.
        public let number: Int
        public let reply: Result<HTTPReply, NetworkError>
    }

    public init(reach: HTTPClient.Reach = .anywhere) {
        self.reach = reach
        unsafe multi = curl_multi_init()!
    }

    deinit {
        for number in [Int](underWay.keys) { cancel(number) }
        unsafe curl_multi_cleanup(multi)
    }

    /// Begins a request, which goes on during ``wait(for:milliseconds:)``.
    ///
    /// - parameter number: tells it from the others that are under way.
    public func begin(_ request: HTTPRequest, number: Int) throws(NetworkError) {
        precondition(underWay[number] == nil, "a request of this number is under way")
        try request.check()
        let curl = spare.popLast() ?? Curl(certificateAuthorities: nil)
        let transfer = Transfer(replyLimit: request.replyLimit, reach: reach, whileWaiting: { true })
        curl.prepare(request)
        curl.prepare(transfer, lists: [(CURLOPT_HTTPHEADER, request.headerLines)])
        if request.mayHaveBody { curl.copyBody(request.body) }
        unsafe require(curl_multi_add_handle(multi, curl.handle))
        underWay[number] = (curl, transfer)
    }

    /// Gives a request up. Its connection is closed; nothing more is heard of it.
    public func cancel(_ number: Int) {
        guard let (curl, transfer) = underWay.removeValue(forKey: number) else { return }
        // Until it is removed, libcurl calls the transfer.
        withExtendedLifetime(transfer) { unsafe require(curl_multi_remove_handle(multi, curl.handle)) }
        spare.append(curl)
    }

    /// Goes on with all requests until one ends, the descriptor can be read or the time is over.
    ///
    /// - Returns: those that ended.
    public func wait(for descriptor: Int32?, milliseconds: Int) -> [Ending] {
        let endings = goOn()
        guard endings.isEmpty else { return endings }
        var other = curl_waitfd(fd: descriptor ?? -1, events: Int16(CURL_WAIT_POLLIN), revents: 0)
        let count: UInt32 = descriptor == nil ? 0 : 1
        unsafe require(curl_multi_poll(multi, &other, count, Int32(milliseconds), nil))
        return goOn()
    }

    private func goOn() -> [Ending] {
        var running: Int32 = 0
        unsafe require(curl_multi_perform(multi, &running))
        var endings: [Ending] = []
        var left: Int32 = 0
        while let message = unsafe curl_multi_info_read(multi, &left) {
            // What it points to goes when the handle is removed.
            let (handle, outcome) = unsafe (message.pointee.easy_handle, message.pointee.data.result)
            guard let number = underWay.first(where: { unsafe $0.value.curl.handle == handle })?.key,
                let (curl, transfer) = underWay.removeValue(forKey: number)
            else { continue }
            let reply = Result { () throws(NetworkError) in try curl.reply(outcome, transfer) }
            withExtendedLifetime(transfer) { unsafe require(curl_multi_remove_handle(multi, curl.handle)) }
            endings.append(Ending(number: number, reply: reply))
            spare.append(curl)
        }
        return endings
    }

    /// Fails only when memory ran out or the calls are used wrongly.
    private func require(_ code: CURLMcode) {
        precondition(code == CURLM_OK, "libcurl refused a call")
    }
}
