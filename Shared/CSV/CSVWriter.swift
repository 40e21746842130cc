/// Writes comma-separated values as RFC 4180 has them, for people who open them in a spreadsheet.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe before it, and every cell
/// is quoted: https://owasp.org/www-community/attacks/CSV_Injection. A byte order mark says that the
/// text is UTF-8.
public struct CSVWriter {
    /// The records so far.
    public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]

    public init(header: [String]) { add(header) }

    /// Adds a record.
    /// - Parameter values: one for each column; nil leaves the cell empty.
    public mutating func add(_ values: [String?]) {
        for (index, value) in values.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(Self.quote)
            if let value { add(value) }
            bytes.append(Self.quote)
        }
        bytes += [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
    }

    private mutating func add(_ value: String) {
        if let first = value.unicodeScalars.first, Self.beginnings.contains(first) { bytes.append(UInt8(ascii: "'")) }
        for byte in value.utf8 {
            if byte == Self.quote { bytes.append(Self.quote) }
            bytes.append(byte)
        }
    }

    private static let quote = UInt8(ascii: "\"")
    /// What formulas begin with, in full width too.
    private static let beginnings: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
}
