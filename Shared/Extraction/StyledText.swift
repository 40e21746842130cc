import Documents

/// A piece of text in one style, as `pdftohtml -xml` tells of it.
struct StyledText {
    let page: Int
    /// In points, as of a ``PageWord``.
    let frame: Frame
    let text: String
    /// In points.
    let fontSize: Double
    let color: [Int]
    let isBold: Bool

    /// Tells pieces apart between two runs.
    var key: String { "\(page) \(Int(frame.left)) \(Int(frame.top)) \(text)" }

    /// pdftohtml writes whole numbers; its unit is at most so many times smaller than a point.
    private static let zoom = 3.0

    static func read(
        _ path: String, _ pages: [PDFPages.Page], withUndrawn: Bool
    ) throws(DocumentProblem) -> [StyledText] {
        let output = try Tool.run(
            "pdftohtml",
            ["-xml", "-i", "-q", "-nodrm", "-stdout", "-zoom", "\(Int(zoom))"] + (withUndrawn ? ["-hidden"] : []) + [path]
        ).output
        var fonts: [Substring: (size: Double, color: [Int])] = [:]
        var texts: [StyledText] = []
        var page = 0
        // One element a line. The text may hold characters that no XML parser takes.
        for line in String(decoding: output, as: UTF8.self).split(separator: "\n") {
            let line = line.drop { $0 == "\t" }
            guard let close = line.firstIndex(of: ">") else { continue }
            let values = attributes(line[..<close])
            if line.hasPrefix("<page ") {
                page = values["number"].flatMap { Int($0) } ?? page + 1
            } else if line.hasPrefix("<fontspec "), let id = values["id"] {
                fonts[id] = ((Double(values["size"] ?? "") ?? 0) / zoom, color(values["color"] ?? ""))
            } else if line.hasPrefix("<text "), (1...pages.count).contains(page), let font = fonts[values["font"] ?? ""] {
                let edges = ["left", "top", "width", "height"].map { (Double(values[$0[...]] ?? "") ?? 0) / zoom }
                let corner = (x: edges[0] - pages[page - 1].left, y: edges[1] - pages[page - 1].top)
                texts.append(StyledText(
                    page: page,
                    frame: Frame(left: corner.x, top: corner.y, right: corner.x + edges[2], bottom: corner.y + edges[3]),
                    text: plain(line[line.index(after: close)...]), fontSize: font.size, color: font.color,
                    isBold: line[line.index(after: close)...].hasPrefix("<b>")))
            }
        }
        return texts
    }

    private static func attributes(_ tag: Substring) -> [Substring: Substring] {
        var values: [Substring: Substring] = [:]
        for part in tag.split(separator: " ").dropFirst() {
            guard let equals = part.firstIndex(of: "=") else { continue }
            values[part[..<equals]] = part[part.index(after: equals)...].drop { $0 == "\"" }.prefix { $0 != "\"" }
        }
        return values
    }

    /// - Parameter hex: `#rrggbb`.
    private static func color(_ hex: Substring) -> [Int] {
        let value = Int(hex.dropFirst(), radix: 16) ?? 0
        return [value >> 16 & 255, value >> 8 & 255, value & 255]
    }

    /// Without tags, and with the five entities that pdftohtml writes put back.
    private static func plain(_ markup: Substring) -> String {
        var text = ""
        var isTag = false
        for character in markup {
            switch character {
            case "<": isTag = true
            case ">": isTag = false
            default: if !isTag { text.append(character) }
            }
        }
        guard text.contains("&") else { return text }
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#160;", "\u{A0}"), ("&amp;", "&")]
        for (entity, character) in entities {
            text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
        }
        return text
    }
}
