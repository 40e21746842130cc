/// Comma-separated values: https://www.rfc-editor.org/rfc/rfc4180
///
/// Beyond the RFC, lines may end with LF or CR alone, values may be separated by semicolons (as
/// spreadsheets do where the comma is a decimal sign), a byte order mark is passed over, and so
/// are lines without any value.
public enum CSV {
    /// One record: usually a line, more when a quoted value has line breaks.
    public struct Record: Sendable, Equatable {
        /// Where it begins, from 1 on.
        public let line: Int
        /// Unquoted, with the spaces around them. What a value means is up to the reader: one that
        /// begins with `=` is text like any other.
        public let values: [String]
        /// What is wrong with it, if it does not follow the grammar; the values are then not to be relied on.
        public let problem: Problem?
    }

    public struct Problem: Sendable, Equatable {
        /// The position of the value that is malformed, from 0 on.
        public let value: Int
        /// A fragment that can follow the value's name.
        public let message: String
    }

    /// The records in order, the header among them.
    public static func records(in text: String) -> [Record] {
        var reader = Reader(text)
        var records: [Record] = []
        while let record = reader.next() {
            if record.problem != nil || record.values.contains(where: { !$0.isEmpty }) { records.append(record) }
        }
        return records
    }
}

private struct Reader {
    private let bytes: [UInt8]
    private let separator: UInt8
    private var position = 0
    private var line = 1
    private var problem: CSV.Problem?
    private var values: [String] = []

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    init(_ text: String) {
        bytes = Array(text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()).utf8 : text.utf8)
        separator = Self.separator(of: bytes)
    }

    /// The one of comma and semicolon that the first line has more of outside quotes.
    private static func separator(of bytes: [UInt8]) -> UInt8 {
        var isQuoted = false
        var balance = 0
        for byte in bytes {
            switch byte {
            case quote: isQuoted.toggle()
            case UInt8(ascii: ";") where !isQuoted: balance += 1
            case UInt8(ascii: ",") where !isQuoted: balance -= 1
            case lineFeed where !isQuoted, carriageReturn where !isQuoted:
                // An empty first line decides nothing.
                if balance != 0 { return balance > 0 ? UInt8(ascii: ";") : UInt8(ascii: ",") }
            default: break
            }
        }
        return balance > 0 ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }

    mutating func next() -> CSV.Record? {
        guard position < bytes.count else { return nil }
        let first = line
        values = []
        problem = nil
        repeat {
            values.append(position < bytes.count && bytes[position] == Self.quote ? quoted() : plain())
        } while take(separator)
        endLine()
        return CSV.Record(line: first, values: values, problem: problem)
    }

    private var isAtEndOfValue: Bool {
        position == bytes.count || bytes[position] == separator || isLineBreak(bytes[position])
    }

    private func isLineBreak(_ byte: UInt8) -> Bool { byte == Self.lineFeed || byte == Self.carriageReturn }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    private mutating func endLine() {
        guard take(Self.carriageReturn) || position < bytes.count else { return }
        _ = take(Self.lineFeed)
        line += 1
    }

    private mutating func note(_ message: String) {
        if problem == nil { problem = CSV.Problem(value: values.count, message: message) }
    }

    private mutating func plain() -> String {
        let start = position
        while !isAtEndOfValue {
            if bytes[position] == Self.quote {
                note("has a quotation mark in the middle: put the whole value in quotation marks and double those inside")
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func quoted() -> String {
        let start = (position, line)
        position += 1
        var value: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            if byte == Self.quote {
                guard take(Self.quote) else {
                    if isAtEndOfValue { return String(decoding: value, as: UTF8.self) }
                    // On another line it is more likely that the first mark was a slip, and this one opens a value.
                    if line > start.1 { break }
                    note("goes on after its closing quotation mark: double quotation marks that belong to a value")
                    skipLine()
                    return ""
                }
            } else if byte == Self.lineFeed || byte == Self.carriageReturn && !(position < bytes.count && bytes[position] == Self.lineFeed) {
                line += 1
            }
            value.append(byte)
        }
        // What followed was not meant to be part of it: go on with the next line.
        (position, line) = start
        note("begins with a quotation mark that is never closed")
        skipLine()
        return ""
    }

    private mutating func skipLine() {
        while position < bytes.count, !isLineBreak(bytes[position]) { position += 1 }
    }
}
