import Documents

/// Reads DOC files with catdoc, which gives tables, lists, headers and footers, but neither sizes nor
/// what is marked as hidden.
enum WordDocument {
    static func text(_ path: String) throws(DocumentProblem) -> DocumentText {
        let output = try Tool.run("catdoc", ["-d", "utf-8", "-w", path], output: 8 << 20).output
        var lines: [PageLine] = []
        var beginsBlock = false
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false) {
            let text = withoutFieldCodes(line)
            if text.allSatisfy(\.isWhitespace) {
                beginsBlock = true
            } else {
                lines.append(PageLine(text: text, page: 1, frame: nil, fontSize: nil, beginsBlock: beginsBlock))
                beginsBlock = false
            }
        }
        return try lines.text(pages: 1, method: .textLayer, hidden: [])
    }

    /// A link is stored as `HYPERLINK "address" \switches` before its text; catdoc prints both.
    private static func withoutFieldCodes(_ line: Substring) -> String {
        var text = ""
        var rest = line
        while let code = rest.firstRange(of: "HYPERLINK ") {
            text += rest[..<code.lowerBound]
            rest = rest[code.upperBound...]
            for quoted in [true, false] {
                rest = rest.drop { $0 == " " }
                if quoted, rest.first == "\"" {
                    rest = rest.dropFirst().drop { $0 != "\"" }.dropFirst()
                } else if !quoted {
                    while rest.first == "\\" { rest = rest.drop { $0 != " " }.drop { $0 == " " } }
                }
            }
        }
        return text + rest
    }
}
