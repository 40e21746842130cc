import JSON
import Validation

/// A response, ready to be sent.
struct Reply {
    var status: Int
    var headers: [Header]
    var body: [UInt8]

    /// A CGI response (RFC 3875, section 6).
    var bytes: [UInt8] {
        var head = "Status: \(status)\r\n"
        head.reserveCapacity(512)
        for header in headers {
            head += header.name
            head += ": "
            head += header.value
            head += "\r\n"
        }
        head += "\r\n"
        var bytes: [UInt8] = []
        bytes.reserveCapacity(head.utf8.count + body.count)
        bytes += head.utf8
        bytes += body
        return bytes
    }

    /// Reads what ``bytes`` wrote; nil for anything else.
    init?(bytes: [UInt8]) {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).split(separator: "\r\n")
        headers = lines.compactMap { line in
            line.firstRange(of: ": ").map { Header(String(line[..<$0.lowerBound]), String(line[$0.upperBound...])) }
        }
        guard headers.count == lines.count, headers.first?.name == "Status",
            let status = Int(headers.removeFirst().value)
        else { return nil }
        self.status = status
        body = Array(bytes[end.upperBound...])
    }

    init(_ output: some Encodable, success: Success) throws {
        status = success.rawValue
        headers = (output as? any HasHeaders)?.headers ?? []
        if success == .noContent {
            body = []
            return
        }
        if let document = output as? any HasBytes {
            body = document.bytes
            headers.append(Header("Content-Type", type(of: document).mediaType))
        } else {
            body = try JSON.text(of: output)
            headers.append(Header("Content-Type", "application/json"))
        }
        headers.append(Header("Cache-Control", "no-store"))
    }

    /// Problem details: https://www.rfc-editor.org/rfc/rfc9457
    init(_ failure: Failure, requestID: String) {
        status = failure.code.status
        headers = failure.headers
        var members: [JSON.Member] = [
            .init("type", "about:blank"), .init("title", .string(failure.code.title)),
            .init("status", .integer(status)), .init("code", .string(failure.code.rawValue)),
            .init("detail", .string(failure.detail)),
        ]
        if !failure.problems.isEmpty {
            let errors = failure.problems.map { problem -> JSON in
                ["field": .string(problem.field), "message": .string(problem.message)]
            }
            members.append(.init("errors", .array(errors)))
        }
        members += failure.members
        members.append(.init("requestId", .string(requestID)))
        body = Array(JSON.object(members).description.utf8)
        headers.append(Header("Content-Type", "application/problem+json"))
        headers.append(Header("Cache-Control", "no-store"))
    }
}
