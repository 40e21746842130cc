import Documents

/// Reads DOCX files (ECMA-376): headers, then the body, then footers. Comments, footnotes and what
/// change tracking has struck out are left out.
enum OfficeDocument {
    static func text(_ path: String) throws(DocumentProblem) -> DocumentText {
        let archive = try ZIPArchive(path)
        let styles = OfficeStyles()
        if let part = try archive.read("word/styles.xml") { try XMLParser.read(part, styles) }
        guard let body = try part("word/document.xml", archive, styles) else { throw .damaged }
        let headers = try parts("word/header", archive, styles)
        let footers = try parts("word/footer", archive, styles)
        var lines: [PageLine] = []
        var hidden: [HiddenText] = []
        for part in headers + [body] + footers {
            // The first page may have a header of its own that says the same.
            if part !== body, Set(part.lines.map(\.text)).isSubset(of: lines.map(\.text)) { continue }
            for (index, var line) in part.lines.enumerated() {
                line.beginsBlock = line.beginsBlock || index == 0
                lines.append(line)
            }
            hidden += part.hidden.texts
        }
        return try lines.text(pages: 1, method: .textLayer, hidden: hidden)
    }

    private static func part(
        _ name: String, _ archive: ZIPArchive, _ styles: OfficeStyles
    ) throws(DocumentProblem) -> OfficeText? {
        guard let bytes = try archive.read(name) else { return nil }
        let text = OfficeText(styles)
        try XMLParser.read(bytes, text)
        return text
    }

    /// - Parameter prefix: such as `word/header`; a number and `.xml` follow it.
    private static func parts(
        _ prefix: String, _ archive: ZIPArchive, _ styles: OfficeStyles
    ) throws(DocumentProblem) -> [OfficeText] {
        var parts: [OfficeText] = []
        for name in Set(archive.names).sorted() where name.hasPrefix(prefix) && name.hasSuffix(".xml") {
            if let part = try part(name, archive, styles) { parts.append(part) }
        }
        return parts
    }
}
