import Documents

/// What a file is, by its bytes and structure; its name counts for nothing.
///
/// - A PDF has "%PDF-" in its first 1,024 bytes, as PDF readers want it (ISO 32000-1 annex H.3.4.1).
/// - A DOC is an OLE2 compound file ([MS-CFB]) with a stream "WordDocument".
/// - A DOCX begins as a ZIP archive whose directory names `[Content_Types].xml` and `word/document.xml`.
///
/// A file that is two of PDF, OLE2 and ZIP at once, or a PDF that begins as another format, is refused
/// as ambiguous: who opens it later might see another document than we have read.
enum FileKind {
    static func of(_ bytes: [UInt8], at path: String) throws(DocumentProblem) -> DocumentKind {
        guard bytes.contains(where: { $0 != 0 }) else { throw .empty }
        let isPDF = position(of: "%PDF-", in: bytes, 0..<1024) != nil
        let isOLE = bytes.starts(with: ole)
        let beginsAsZIP = bytes.starts(with: [0x50, 0x4B, 3, 4])
        if isPDF {
            guard !isOLE, !beginsAsZIP, !endsAsZIP(bytes), known(bytes) == nil else { throw .ambiguous }
            return .pdf
        }
        if isOLE {
            guard !endsAsZIP(bytes) else { throw .ambiguous }
            return try kind(ofCompound: bytes)
        }
        if beginsAsZIP { return try kind(ofArchive: path) }
        throw .unsupported(what: known(bytes) ?? "neither PDF, DOC nor DOCX")
    }

    private static let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    /// Formats that people upload by mistake, by their first bytes.
    private static func known(_ bytes: [UInt8]) -> String? {
        let beginnings: [(String, [UInt8])] = [
            ("a JPEG picture", [0xFF, 0xD8, 0xFF]), ("a PNG picture", [0x89, 0x50, 0x4E, 0x47]),
            ("a GIF picture", Array("GIF8".utf8)), ("a TIFF picture", [0x49, 0x49, 0x2A, 0]),
            ("a TIFF picture", [0x4D, 0x4D, 0, 0x2A]), ("a WebP picture", Array("RIFF".utf8)),
            ("an RTF document", Array("{\\rtf".utf8)), ("a PostScript document", Array("%!PS".utf8)),
            ("a program", [0x4D, 0x5A]), ("a program", [0x7F, 0x45, 0x4C, 0x46]),
            ("a compressed file", [0x1F, 0x8B]), ("an archive", [0x37, 0x7A, 0xBC, 0xAF]),
            ("an archive", Array("Rar!".utf8)),
        ]
        if let format = beginnings.first(where: { bytes.starts(with: $0.1) }) { return format.0 }
        let words = String(decoding: bytes.prefix(256), as: UTF8.self).lowercased()
        return ["<!doctype html", "<html"].contains { words.contains($0) } ? "a web page" : nil
    }

    /// Whether an archive's "end of central directory" lies near the end with its directory before it.
    private static func endsAsZIP(_ bytes: [UInt8]) -> Bool {
        let tail = max(0, bytes.count - 65_557)
        var from = tail
        while let end = position(of: "PK\u{5}\u{6}", in: bytes, from..<bytes.count) {
            let size = number(bytes, at: end + 12, bytes: 4)
            let entries = number(bytes, at: end + 10, bytes: 2)
            if entries > 0, size <= end, bytes[(end - size)...].starts(with: [0x50, 0x4B, 1, 2]) { return true }
            from = end + 4
        }
        return false
    }

    private static func kind(ofArchive path: String) throws(DocumentProblem) -> DocumentKind {
        let names = Set(try ZIPArchive(path).names)
        guard names.contains("[Content_Types].xml") else { throw .unsupported(what: "a ZIP archive") }
        if names.contains("word/document.xml") { return .docx }
        if names.contains("xl/workbook.xml") { throw .unsupported(what: "an Excel workbook") }
        if names.contains("ppt/presentation.xml") { throw .unsupported(what: "a PowerPoint presentation") }
        throw .unsupported(what: "a ZIP archive")
    }

    /// Directory entries are 128 bytes long and lie at multiples of that ([MS-CFB] 2.6).
    private static func kind(ofCompound bytes: [UInt8]) throws(DocumentProblem) -> DocumentKind {
        var others: String?
        for entry in stride(from: 512, to: bytes.count - 127, by: 128) where bytes[entry + 66] == 2 {
            switch streamName(bytes[entry..<entry + 128]) {
            case "WordDocument":
                // The first sector is number 0 and follows the header. In it the file information block
                // ([MS-DOC] 2.5.2) begins with 0xA5EC or, before Word 97, 0xA5DC; bit 8 at offset 10: encrypted.
                // A stream of less than 4,096 bytes lies among other short ones ([MS-CFB] 2.4); catdoc will find it.
                guard number(bytes, at: entry + 120, bytes: 4) >= 4096 else { return .doc }
                let shift = number(bytes, at: 30, bytes: 2)
                let start = (number(bytes, at: entry + 116, bytes: 4) + 1) << shift
                guard [9, 12].contains(shift), bytes.count > start + 32, bytes[start + 1] == 0xA5 else { throw .damaged }
                if bytes[start + 11] & 1 != 0 { throw .encrypted }
                return .doc
            case "EncryptedPackage": throw .encrypted
            case "Workbook", "Book": others = "an Excel workbook"
            case "PowerPoint Document": others = "a PowerPoint presentation"
            case "__properties_version1.0": others = "an Outlook message"
            default: break
            }
        }
        // The header says in which sector the directory begins, and how large sectors are.
        let directory = (number(bytes, at: 48, bytes: 4) + 1) << min(12, number(bytes, at: 30, bytes: 2))
        guard bytes.count > directory else { throw .damaged }
        throw .unsupported(what: others ?? "an OLE file without a Word document")
    }

    private static func streamName(_ entry: ArraySlice<UInt8>) -> String {
        let length = Int(entry[entry.startIndex + 64]) - 2
        guard length > 0, length <= 62 else { return "" }
        let units = stride(from: entry.startIndex, to: entry.startIndex + length, by: 2).map {
            UInt16(entry[$0]) | UInt16(entry[$0 + 1]) << 8
        }
        return String(decoding: units, as: UTF16.self)
    }

    /// A little-endian number; 0 where the file ends before it.
    private static func number(_ bytes: [UInt8], at offset: Int, bytes count: Int) -> Int {
        guard offset + count <= bytes.count else { return 0 }
        return (0..<count).reduce(0) { $0 | Int(bytes[offset + $1]) << (8 * $1) }
    }

    private static func position(of text: String, in bytes: [UInt8], _ range: Range<Int>) -> Int? {
        let wanted = Array(text.utf8)
        guard bytes.count >= wanted.count else { return nil }
        let last = min(range.upperBound, bytes.count - wanted.count + 1)
        guard range.lowerBound < last else { return nil }
        return (range.lowerBound..<last).first { start in
            bytes[start] == wanted[0] && bytes[start..<start + wanted.count].elementsEqual(wanted)
        }
    }
}
