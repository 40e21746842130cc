import Documents

/// A line of a document before its text is put together.
struct PageLine {
    /// In the order of reading; cells of a table are parted by tabs.
    var text: String
    /// From 1.
    let page: Int
    var frame: Frame?
    let fontSize: Double?
    /// Of its first word; nil where it is not known.
    var isBold: Bool?
    /// Whether space or another column parts it from the line before.
    var beginsBlock: Bool
}

extension [PageLine] {
    /// The lines of all pages in the order of reading.
    init(_ words: [PageWord]) {
        self = []
        let pages = Dictionary(grouping: words, by: \.page)
        for page in pages.keys.sorted() {
            let words = pages[page] ?? []
            // On a page that lies on its side short words are as wide as high.
            let isTurned = 2 * words.count(where: \.isVertical) > words.count { $0.text.count >= 3 }
            let upright = isTurned ? [] : words.filter { !$0.isVertical }
            for rows in ReadingOrder(Segment.of(upright)).regions { append(rows.withWrappedCellsJoined(), page) }
            appendTurned(isTurned ? words : words.filter(\.isVertical), page)
        }
    }

    /// Turned text, such as a title along the edge, comes after the rest, as poppler orders its words.
    private mutating func appendTurned(_ words: [PageWord], _ page: Int) {
        var column: Frame?
        for word in words {
            if let frame = column, abs(frame.middle.x - word.frame.middle.x) < 0.5 * word.frame.width {
                self[count - 1].text += " \(word.text)"
                self[count - 1].frame = frame.joined(with: word.frame)
            } else {
                append(PageLine(
                    text: word.text, page: page, frame: word.frame, fontSize: word.fontSize, beginsBlock: column == nil))
            }
            column = self[count - 1].frame
        }
    }

    private mutating func append(_ rows: [[Segment]], _ page: Int) {
        let frames = rows.map { row in row.dropFirst().reduce(row[0].frame) { $0.joined(with: $1.frame) } }
        let gaps = zip(frames, frames.dropFirst()).map { Swift.max(0, $1.top - $0.bottom) }
        let usual = gaps.sorted().dropFirst(gaps.count / 3).first ?? 0
        for (index, row) in rows.enumerated() {
            let size = row.max { $0.text.count < $1.text.count }?.fontSize ?? 0
            let isApart = index == 0 || gaps[index - 1] > usual + 0.4 * Swift.min(size, frames[index - 1].height)
            // The mark of a list's item is no cell.
            let isItem = row.count > 1 && row[0].text.count == 1 && !row[0].words[0].hasLetters
            let texts = row.map(\.text)
            let cells = isItem ? ["\(texts[0]) \(texts[1])"] + texts.dropFirst(2) : texts
            append(PageLine(
                text: Bidi.logical(cells.joined(separator: "\t")), page: page, frame: frames[index], fontSize: size,
                isBold: row[0].words[0].isBold, beginsBlock: isApart))
        }
    }

    /// Leaves out what stands at the head or foot of several pages, but for its first time, and page numbers.
    func withoutRunningLines(_ pages: [PDFPages.Page]) -> [PageLine] {
        guard pages.count > 1 else { return self }
        var places: [String: Set<Int>] = [:]
        for line in self { if let key = line.runningKey(pages) { places[key, default: []].insert(line.page) } }
        var kept: [PageLine] = []
        var isCut = false
        for line in self {
            let key = line.runningKey(pages)
            let seen = key.flatMap { places[$0] } ?? []
            if key != nil, line.isPageNumber || line.page != seen.min() {
                isCut = true
                continue
            }
            kept.append(line)
            if isCut, kept[kept.count - 1].page == line.page { kept[kept.count - 1].beginsBlock = true }
            isCut = false
        }
        return kept
    }

    /// Puts words together that a hyphen parts at the end of a line.
    func withoutHyphenation() -> [PageLine] {
        var lines = self
        let known = Set(flatMap { $0.text.lowercased().split { !$0.isLetter && $0 != "-" } })
        for index in lines.indices.dropLast() {
            let (line, next) = (lines[index].text, lines[index + 1])
            guard !next.beginsBlock, next.page == lines[index].page, next.text.first?.isLowercase == true,
                let hyphen = line.last, "-\u{AD}\u{2010}".contains(hyphen)
            else { continue }
            let head = line.dropLast().reversed().prefix { $0.isLetter }.reversed().map { $0 }
            let tail = next.text.prefix { !$0.isWhitespace }
            guard head.count >= 2, tail.contains(where: \.isLetter) else { continue }
            let start = String(head).lowercased(), end = tail.prefix { $0.isLetter }.lowercased()
            // "full-" and "stack" stay "full-stack" where the document has that word, or the one by itself.
            let isCompound = hyphen != "\u{AD}" && !known.contains(Substring(start + end))
                && (known.contains(Substring("\(start)-\(end)"))
                    || [start, end].allSatisfy { known.contains(Substring($0)) })
            lines[index].text = String(line.dropLast()) + (isCompound ? "-" : "") + tail
            lines[index + 1].text = String(next.text.dropFirst(tail.count).drop(while: \.isWhitespace))
        }
        return lines.filter { !$0.text.isEmpty }
    }

    /// - Parameters:
    ///   - pages: how many the document has.
    ///   - hidden: what of it does not show.
    ///   - unread: pages that were left out.
    func text(
        pages: Int, method: DocumentText.Method, hidden: [HiddenText], unread: [Int] = []
    ) throws(DocumentProblem) -> DocumentText {
        var builder = TextBuilder()
        var hidden = hidden
        for page in Swift.Set(map(\.page)).sorted() {
            let all = filter { $0.page == page }.map(\.text).joined(separator: "\n")
            if let spelled = CleanText(all).hidden {
                hidden.append(HiddenText(text: spelled, page: page, reason: .zeroWidth))
            }
        }
        for line in self {
            if line.beginsBlock { builder.endBlock() }
            let text = CleanText(line.text).text.split { $0 == " " || $0 == "\n" }.joined(separator: " ")
            guard text.contains(where: { !$0.isWhitespace }) else { continue }
            let size = line.fontSize.map { ($0 * 100).rounded() / 100 }
            builder.add(text, page: line.page, box: line.frame?.box, fontSize: size, isBold: line.isBold)
        }
        guard builder.text.contains(where: { $0.isLetter || $0.isNumber }) else { throw .noText }
        return DocumentText(
            text: builder.text, lines: builder.lines, pages: pages, method: method, hidden: hidden, unread: unread)
    }
}

extension PageLine {
    /// What is the same on each page for a running head or foot: its place, and its text but for the
    /// page's number. Nil for lines in the middle of the page.
    fileprivate func runningKey(_ pages: [PDFPages.Page]) -> String? {
        guard let frame else { return nil }
        let height = pages[page - 1].height
        guard frame.bottom < 0.1 * height || frame.top > 0.9 * height else { return nil }
        let words = text.split(separator: " ").map { $0 == "\(page)" ? "#" : $0 }
        return "\(Int((frame.top / 4).rounded())) " + words.joined(separator: " ")
    }

    /// Whether it holds this page's number and next to nothing else: "3", "3 / 4", "Page 3 of 4".
    fileprivate var isPageNumber: Bool {
        let numbers = text.split { !$0.isNumber }.compactMap { Int($0) }
        return numbers.contains(page) && numbers.count <= 2 && text.count { $0.isLetter } <= 12
    }
}
