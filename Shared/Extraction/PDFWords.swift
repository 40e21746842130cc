import Documents

/// What a PDF's text layer says and how it is drawn: words from `pdftotext`, colours and sizes from `pdftohtml`.
struct PDFWords {
    /// Every word on a page, also those that do not show.
    var words: [PageWord]
    /// Pieces of text outside their page.
    let outside: [StyledText]
    /// What is drawn with text rendering mode 3, "invisible" (ISO 32000-1 table 106).
    let undrawn: [StyledText]

    init(_ path: String, _ pages: [PDFPages.Page]) throws(DocumentProblem) {
        let table = try Tool.run("pdftotext", ["-tsv", "-cropbox", "-q", path, "-"]).output
        words = String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap { PageWord(tableLine: $0) }
        words.removeAll { $0.page > pages.count }
        let all = try StyledText.read(path, pages, withUndrawn: true)
        let drawn = try StyledText.read(path, pages, withUndrawn: false)
        outside = all.filter { text in
            let page = pages[text.page - 1]
            return text.frame.right < 0 || text.frame.left > page.width || text.frame.bottom < 0
                || text.frame.top > page.height
        }
        undrawn = Self.difference(all, drawn)
        let onPage = Dictionary(grouping: all, by: \.page)
        for index in words.indices {
            guard let style = words[index].style(in: onPage[words[index].page] ?? []) else { continue }
            words[index].fontSize = style.fontSize
            words[index].color = style.color
            words[index].isBold = style.isBold
        }
    }

    /// The pieces of `all` that are not among `drawn`; usually both are the same.
    private static func difference(_ all: [StyledText], _ drawn: [StyledText]) -> [StyledText] {
        var left: [String: Int] = [:]
        for piece in drawn { left[piece.key, default: 0] += 1 }
        return all.filter { piece in
            guard let count = left[piece.key], count > 0 else { return true }
            left[piece.key] = count - 1
            return false
        }
    }
}

extension PageWord {
    /// - Parameter line: of pdftotext's table: level (5 is a word), page, four numbers, left, top, width,
    ///   height, confidence, text.
    fileprivate init?(tableLine line: Substring) {
        let fields = line.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
        guard fields.count == 12, fields[0] == "5", let page = Int(fields[1]), let left = Double(fields[6]),
            let top = Double(fields[7]), let width = Double(fields[8]), let height = Double(fields[9]),
            [left, top, width, height].allSatisfy(\.isFinite), page > 0
        else { return nil }
        self.init(
            text: String(fields[11]), page: page,
            frame: Frame(left: left, top: top, right: left + width, bottom: top + height), fontSize: height)
    }

    /// The piece that this word is a part of.
    func style(in pieces: [StyledText]) -> StyledText? {
        let middle = frame.middle
        return pieces.first { piece in
            piece.frame.contains(middle, margin: 1.5)
                && (piece.text.contains(text) || piece.text.contains(String(text.reversed())))
        }
    }
}
