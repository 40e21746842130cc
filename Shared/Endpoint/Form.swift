import POSIX

/// A body of `multipart/form-data` (RFC 7578) that nginx has spooled: fields of text and at most one file.
///
/// Strict on purpose: what two readers could understand in two ways is refused. Lines end with CR LF;
/// nothing stands before the first boundary nor after the last; a part says nothing beyond its name,
/// file name and type; no field comes twice. The file's bytes stay where they are.
public struct Form: Sendable {
    public let fields: [(name: String, value: String)]
    public let file: SentFile?

    /// What may come, in bytes and in numbers.
    struct Limits {
        /// The part `file`.
        var file: Int
        /// Each other part.
        var field = 16 * 1024
        var parts = 10
        /// The lines above a part's content, together.
        var head = 2048
    }
}

/// A file within a spooled body.
public struct SentFile: Sendable {
    /// What its sender calls it: any text, never a path to trust.
    public let name: String
    /// Where the body is; gone once the request is answered.
    public let spool: String
    /// Which of its bytes are the file's.
    public let range: Range<Int>
}

extension Request {
    /// Takes the body from the file that nginx spooled it to: a form's parts, or JSON as it stands.
    /// - Returns: what is wrong with it.
    mutating func openSpool(body limit: Int, file: Int) -> Failure? {
        guard let path = variables["REQUEST_BODY_FILE"], !path.isEmpty else { return nil }
        do throws(Failure) {
            guard let size = File.version(of: path)?.size else { throw Self.lost("no spooled file") }
            let type = variables["CONTENT_TYPE"] ?? ""
            let isForm = type.lowercased().hasPrefix("multipart/form-data")
            // Boundaries and names around the largest file; see ``Form/Limits``.
            let most = isForm ? file + 64 * 1024 : limit
            guard size <= most else {
                throw isForm ? Form.tooLarge(file) : Failure(.payloadTooLarge, "The body may have at most \(most) bytes.")
            }
            let bytes: [UInt8]
            do { bytes = try File.read(path, limit: most + 1) } catch { throw Self.lost(error.description) }
            if isForm {
                form = try Form(bytes, type: type, spool: path, limits: .init(file: file))
            } else {
                self.body = bytes
            }
            return nil
        } catch {
            return error
        }
    }

    private static func lost(_ cause: String) -> Failure {
        .unavailable("The body could not be read. Please try again.", cause: cause)
    }
}

extension Form {
    static func tooLarge(_ bytes: Int) -> Failure {
        Failure(.payloadTooLarge, "A file may have at most \(bytes / 1_000_000) MB.")
    }

    /// - Parameters:
    ///   - type: the header Content-Type.
    ///   - spool: where the bytes are from.
    /// - Throws: `VALIDATION_FAILED` for what is not exactly a form, `PAYLOAD_TOO_LARGE` for a part that is too large.
    init(_ bytes: [UInt8], type: String, spool: String, limits: Limits) throws(Failure) {
        var reader = FormReader(bytes: bytes, boundary: try Self.boundary(of: type))
        var fields: [(name: String, value: String)] = []
        var file: SentFile?
        try reader.begin()
        while let part = try reader.next(limits) {
            if part.name == "file" {
                guard file == nil else { throw .invalid("file", "is given more than once") }
                guard let name = part.fileName else { throw .invalid("file", "must be a file") }
                guard part.content.count <= limits.file else { throw Self.tooLarge(limits.file) }
                file = SentFile(name: name, spool: spool, range: part.content)
            } else {
                guard part.fileName == nil else { throw .invalid(part.name, "is not a known field") }
                guard part.content.count <= limits.field else { throw .invalid(part.name, "is too long for a form's field") }
                guard let value = String(validating: bytes[part.content], as: UTF8.self), !value.utf8.contains(0) else {
                    throw .invalid(part.name, "is not UTF-8 text")
                }
                fields.append((part.name, value))
            }
            guard fields.count < limits.parts else { throw .invalid("", "has too many parts") }
        }
        self.fields = fields
        self.file = file
    }

    /// The parameter `boundary`: 1 to 70 of the characters that RFC 2046, section 5.1.1, allows.
    private static func boundary(of type: String) throws(Failure) -> [UInt8] {
        let parameters = type.split(separator: ";", omittingEmptySubsequences: false).dropFirst().map { parameter in
            parameter.drop { $0 == " " }
        }
        guard parameters.count == 1, let parameter = parameters.first, parameter.lowercased().hasPrefix("boundary=") else {
            throw .invalid("Content-Type", "must name one boundary")
        }
        var value = parameter.dropFirst("boundary=".count)
        if value.count >= 2, value.hasPrefix("\""), value.hasSuffix("\"") { value = value.dropFirst().dropLast() }
        let isAllowed = value.utf8.allSatisfy { byte in
            Character(Unicode.Scalar(byte)).isLetter && byte < 128 || (48...57).contains(byte) || "'()+_,-./:=? ".utf8.contains(byte)
        }
        guard (1...70).contains(value.utf8.count), isAllowed, value.last != " " else {
            throw .invalid("Content-Type", "has a boundary that is not one")
        }
        return Array(value.utf8)
    }
}

/// Goes from one part of a form to the next.
private struct FormReader {
    let bytes: [UInt8]
    /// `CR LF -- boundary`: what ends a part. Only the first one stands at the beginning, without the line break.
    let delimiter: [UInt8]
    private var position = 0

    struct Part {
        let name: String
        let fileName: String?
        let content: Range<Int>
    }

    init(bytes: [UInt8], boundary: [UInt8]) {
        self.bytes = bytes
        delimiter = Array("\r\n--".utf8) + boundary
    }

    /// Past the first boundary.
    mutating func begin() throws(Failure) {
        guard bytes.starts(with: delimiter.dropFirst(2)) else { throw .invalid("", "does not begin with its boundary") }
        position = delimiter.count - 2
    }

    /// The next part, or nil at the end.
    mutating func next(_ limits: Form.Limits) throws(Failure) -> Part? {
        if takes("--") {
            guard position == bytes.count || takes("\r\n") && position == bytes.count else {
                throw .invalid("", "goes on after its last boundary")
            }
            return nil
        }
        guard takes("\r\n") else { throw .invalid("", "is not multipart/form-data, or did not arrive whole") }
        let (name, fileName) = try head(limits.head)
        guard let end = bytes.firstRange(of: delimiter, from: position) else { throw .invalid("", "did not arrive whole") }
        let content = position..<end
        position = end + delimiter.count
        return Part(name: name, fileName: fileName, content: content)
    }

    private mutating func takes(_ text: StaticString) -> Bool {
        let wanted = Array("\(text)".utf8)
        guard bytes[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// The lines up to the empty one. Only what a form's part needs may stand there.
    private mutating func head(_ limit: Int) throws(Failure) -> (name: String, fileName: String?) {
        var disposition: (name: String, fileName: String?)?
        let start = position
        while !takes("\r\n") {
            let window = bytes[position..<min(bytes.count, start + limit)]
            guard let end = window.firstIndex(of: 13), let line = String(validating: window[..<end], as: UTF8.self) else {
                throw .invalid("", "has a part whose head is not one")
            }
            position = end
            guard takes("\r\n") else { throw .invalid("", "has a part whose head is not one") }
            let name = line.prefix { $0 != ":" }.lowercased()
            let value = line.dropFirst(name.count + 1).drop { $0 == " " }
            switch name {
            case "content-disposition" where disposition == nil: disposition = try Self.disposition(value)
            case "content-type": break  // What a file is, its bytes say.
            default: throw .invalid("", "has a part with a header that forms do not have")
            }
        }
        guard let disposition else { throw .invalid("", "has a part without a name") }
        return disposition
    }

    /// `form-data; name="…"; filename="…"`, in which browsers write a quotation mark as `%22`.
    private static func disposition(_ value: Substring) throws(Failure) -> (name: String, fileName: String?) {
        let opening = "form-data; name=\""
        let middle = "\"; filename=\""
        guard value.hasPrefix(opening), value.hasSuffix("\""), value.utf8.count > opening.utf8.count else {
            throw .invalid("", "has a part without a name")
        }
        let inner = value.dropFirst(opening.count).dropLast()
        let name = inner.prefix { $0 != "\"" }
        let rest = inner.dropFirst(name.count)
        let fileName = rest.isEmpty ? nil : rest.dropFirst(middle.count)
        guard (1...40).contains(name.utf8.count), name.utf8.allSatisfy({ (65...90).contains($0) || (97...122).contains($0) }),
            rest.isEmpty || rest.hasPrefix(middle), !(fileName?.contains("\"") ?? false), (fileName?.utf8.count ?? 0) <= 500
        else { throw .invalid("", "has a part whose name is not one") }
        return (String(name), fileName.map { String($0.replacing("%22", with: "\"")) })
    }
}

extension [UInt8] {
    /// Where `wanted` first begins at or after an offset.
    ///
    /// Its first byte is looked for by the standard library, which takes several at a time.
    fileprivate func firstRange(of wanted: [UInt8], from start: Int) -> Int? {
        var position = start
        while position + wanted.count <= count, let next = self[position...].firstIndex(of: wanted[0]) {
            if self[next...].starts(with: wanted) { return next }
            position = next + 1
        }
        return nil
    }
}
