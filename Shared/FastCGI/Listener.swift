import CFastCGI
import Glibc

/// A FastCGI listener on an inherited socket, serving one request at a time.
///
/// Whoever starts the process binds the socket and passes it as file descriptor 0, so that a
/// crash never takes the socket down: waiting connections stay in its backlog.
@safe public struct Listener: ~Copyable {
    // libfcgi's streams point back at the request (fcgiapp.c), so its address must not change.
    private let request: UnsafeMutablePointer<FCGX_Request>

    /// Whether file descriptor 0 is a listening socket.
    public static var isAttached: Bool { FCGX_IsCGI() == 0 }

    public init() throws(ListenerError) {
        let status = FCGX_Init()
        guard status == 0 else { throw ListenerError(code: status) }
        // Several workers wait on one socket; all wake for one connection, and those that lose
        // the race must not block in accept.
        _ = fcntl(0, F_SETFL, fcntl(0, F_GETFL) | O_NONBLOCK)
        unsafe request = .allocate(capacity: 1)
        unsafe FCGX_InitRequest(request, 0, CInt(FCGI_FAIL_ACCEPT_ON_INTR))
    }

    deinit {
        unsafe FCGX_Finish_r(request)
        unsafe request.deallocate()
    }

    /// Accepts one waiting connection and answers its request.
    /// - Returns: false when no connection was waiting after all.
    public borrowing func serveOne(_ respond: (borrowing Exchange) -> Void) throws(ListenerError) -> Bool {
        let status = unsafe FCGX_Accept_r(request)
        if status == -EAGAIN || status == -EINTR || status == -ECONNABORTED { return false }
        guard status == 0 else { throw ListenerError(code: status) }
        unsafe respond(Exchange(request))
        unsafe FCGX_Finish_r(request)
        return true
    }
}

/// libfcgi could not go on; `code` is a negated errno or one of libfcgi's own numbers.
public struct ListenerError: Error {
    public let code: CInt
}

/// One request and its reply, valid only inside ``Listener/serveOne(_:)``: a borrowed
/// noncopyable value cannot escape it.
@safe public struct Exchange: ~Copyable {
    private let request: UnsafeMutablePointer<FCGX_Request>

    init(_ request: UnsafeMutablePointer<FCGX_Request>) { unsafe self.request = request }

    /// All FastCGI parameters. The first of two with the same name counts, as in libfcgi.
    public func parameters() -> [String: String] {
        var parameters: [String: String] = [:]
        parameters.reserveCapacity(32)
        var next = unsafe request.pointee.envp
        while let entry = unsafe next?.pointee {
            if let equals = unsafe strchr(entry, CInt(UInt8(ascii: "="))) {
                let name = unsafe UnsafeRawBufferPointer(start: entry, count: equals - entry)
                let key = unsafe String(decoding: name, as: UTF8.self)
                if parameters[key] == nil { parameters[key] = unsafe String(cString: equals + 1) }
            }
            unsafe next = next?.advanced(by: 1)
        }
        return parameters
    }

    /// The whole body, or nil when it is longer than `limit` bytes or its end never came.
    public func body(limit: Int) -> [UInt8]? {
        let stream = unsafe request.pointee.in
        var body: [UInt8] = []
        let size = 16384
        while true {
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
                count = unsafe buffer.withMemoryRebound(to: CChar.self) {
                    Int(unsafe FCGX_GetStr($0.baseAddress, CInt(size), stream))
                }
            }
            body += chunk
            guard body.count <= limit else {
                drain()
                return nil
            }
            // A short read is the end, or a connection that was cut.
            if chunk.count < size { return unsafe FCGX_GetError(stream) == 0 ? body : nil }
        }
    }

    /// Reads what is left of the body: a reply sent over unread input may be lost.
    private func drain() {
        let stream = unsafe request.pointee.in
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 16384) { buffer in
            while unsafe FCGX_GetStr(buffer.baseAddress, CInt(buffer.count), stream) == CInt(buffer.count) {}
        }
    }

    public func write(_ bytes: [UInt8]) {
        let stream = unsafe request.pointee.out
        unsafe bytes.withUnsafeBufferPointer { buffer in
            _ = unsafe buffer.withMemoryRebound(to: CChar.self) {
                unsafe FCGX_PutStr($0.baseAddress, CInt($0.count), stream)
            }
        }
    }
}
