import CCurl
import Glibc

/// What libcurl's callbacks need of one transfer, and what they gather.
final class Transfer {
    /// Bytes to send, for SMTP; HTTP bodies are lent to libcurl whole.
    var upload: ArraySlice<UInt8> = []
    /// Header lines of the reply, or the lines that a mail server said.
    private(set) var lines: [String] = []
    private(set) var body: [UInt8] = []
    private(set) var isTooLarge = false
    private(set) var hasRefusedAddress = false

    private let replyLimit: Int
    private let reach: HTTPClient.Reach
    private let whileWaiting: () -> Bool
    private var lineBytes = 0
    private var nextCall = ContinuousClock.now + .seconds(1)

    static let mostLineBytes = 64 << 10

    init(replyLimit: Int, reach: HTTPClient.Reach, whileWaiting: @escaping () -> Bool) {
        self.replyLimit = replyLimit
        self.reach = reach
        self.whileWaiting = whileWaiting
    }

    /// Each returns false to stop the transfer.
    private func receive(_ bytes: UnsafeRawBufferPointer) -> Bool {
        isTooLarge = bytes.count > replyLimit - body.count
        if !isTooLarge { unsafe body.append(contentsOf: bytes) }
        return !isTooLarge
    }

    private func receiveLine(_ bytes: UnsafeRawBufferPointer) -> Bool {
        lineBytes += bytes.count
        isTooLarge = lineBytes > Self.mostLineBytes
        unsafe lines.append(String(decoding: bytes, as: UTF8.self))
        return !isTooLarge
    }

    private func wait() -> Bool {
        let now = ContinuousClock.now
        guard now >= nextCall else { return true }
        nextCall = now + .seconds(1)
        return whileWaiting()
    }

    /// A socket for the address, or CURL_SOCKET_BAD, upon which libcurl tries the
    /// host's next one.
    private func openSocket(_ address: UnsafeMutablePointer<curl_sockaddr>) -> curl_socket_t {
        if !(unsafe reach.includes(IPAddress(address))) {
            hasRefusedAddress = true
            return CURL_SOCKET_BAD
        }
        let type = unsafe address.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return unsafe socket(address.pointee.family, type, address.pointee.protocol)
    }
}

// The callbacks of libcurl. Their context is the `Transfer`, which `Curl.perform`
// keeps alive for as long as libcurl may call.
extension Transfer {
    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        unsafe Unmanaged.fromOpaque(context!).takeUnretainedValue()
    }

    static let onBody: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
        data, size, count, context in
        unsafe from(context).receive(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
    }

    static let onLine: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
        data, size, count, context in
        unsafe from(context).receiveLine(UnsafeRawBufferPointer(start: data, count: size * count)) ? size * count : 0
    }

    static let onUpload: @convention(c) (UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?) -> Int = {
        buffer, size, count, context in
        let transfer = unsafe from(context)
        let piece = transfer.upload.prefix(size * count)
        unsafe UnsafeMutableRawBufferPointer(start: buffer, count: size * count).copyBytes(from: piece)
        transfer.upload.removeFirst(piece.count)
        return piece.count
    }

    static let onProgress:
        @convention(c) (UnsafeMutableRawPointer?, curl_off_t, curl_off_t, curl_off_t, curl_off_t) -> Int32 = {
            context, _, _, _, _ in unsafe from(context).wait() ? 0 : 1
        }

    static let onSocket:
        @convention(c) (UnsafeMutableRawPointer?, curlsocktype, UnsafeMutablePointer<curl_sockaddr>?) -> curl_socket_t = {
            context, _, address in unsafe from(context).openSocket(address!)
        }
}
