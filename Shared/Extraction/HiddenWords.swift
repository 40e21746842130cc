import Documents

/// Parts the words of a PDF's text layer that a reader of the pages sees from those that he does not.
///
/// What counts is the drawn page: a word whose place on it has no ink does not show, whatever trick
/// hides it. Pages are drawn small; only where that leaves a doubt they are drawn large.
struct HiddenWords {
    private(set) var visible: [PageWord] = []
    private(set) var hidden: [HiddenText] = []

    /// Smaller text is hidden, in points.
    private static let smallest = 4.0
    /// In pixels of the longer side. The first is enough for dark text, the second for pale text.
    private static let sides = [600, 1800]
    /// How much a pixel of a word must differ from another around it, of 255. On white, the second
    /// lets a grey of #EBEBEB pass.
    private static let contrasts = [48, 20]

    init(_ layer: PDFWords, _ path: String, _ pages: [PDFPages.Page]) throws(DocumentProblem) {
        var reasons: [Int: HiddenText.Reason] = [:]
        let undrawn = Dictionary(grouping: layer.undrawn, by: \.page)
        for (index, word) in layer.words.enumerated() {
            if word.fontSize < Self.smallest, word.frame.height < Self.smallest + 1, word.hasLetters {
                reasons[index] = .tiny
            } else if let pieces = undrawn[word.page], word.style(in: pieces) != nil {
                reasons[index] = .invisibleColor
            }
        }
        for (index, reason) in try Self.withoutInk(layer.words, reasons, path, pages) { reasons[index] = reason }
        var spoken = HiddenRuns()
        for (index, word) in layer.words.enumerated() {
            guard let reason = reasons[index] else {
                visible.append(word)
                continue
            }
            spoken.add(word.text, page: word.page, reason)
        }
        for piece in layer.outside { spoken.add(piece.text, page: piece.page, .offPage) }
        hidden = spoken.texts
    }

    /// The words that leave no ink, by their index, but for those in `known`.
    private static func withoutInk(
        _ words: [PageWord], _ known: [Int: HiddenText.Reason], _ path: String, _ pages: [PDFPages.Page]
    ) throws(DocumentProblem) -> [Int: HiddenText.Reason] {
        var doubtful: [Int: HiddenText.Reason?] = [:]
        for index in words.indices where known[index] == nil && words[index].hasLetters { doubtful[index] = .some(nil) }
        for (side, contrast) in zip(sides, contrasts) {
            let byPage = Dictionary(grouping: doubtful.keys, by: { words[$0].page })
            for (first, last) in runs(byPage.keys.sorted(), longest: 6000 / side) {
                let pictures = try PagePicture.draw(path, first, last, side: side)
                for (picture, page) in zip(pictures, first...last) {
                    for index in byPage[page] ?? [] {
                        let color = words[index].color ?? [255, 255, 255]
                        let look = picture.look(at: words[index].frame, for: color, on: pages[page - 1])
                        doubtful[index] = look.flatMap { reason(words[index], $0, leastContrast: contrast) }
                    }
                }
            }
            doubtful = doubtful.filter { $0.value != nil }
        }
        return doubtful.compactMapValues { $0 }
    }

    private static func reason(_ word: PageWord, _ look: PagePicture.Look, leastContrast: Int) -> HiddenText.Reason? {
        // A line or a picture may cross a word that has the colour of what is behind it.
        if look.isFilled, look.isSurrounded, word.color != nil { return .invisibleColor }
        guard look.contrast < leastContrast else { return nil }
        return look.isFilled ? .invisibleColor : .covered
    }

    /// Pages that follow each other are drawn in one go, but no more than fit into memory.
    private static func runs(_ pages: [Int], longest: Int) -> [(Int, Int)] {
        var runs: [(Int, Int)] = []
        for page in pages {
            if let last = runs.last, last.1 == page - 1, page - last.0 < longest {
                runs[runs.count - 1].1 = page
            } else {
                runs.append((page, page))
            }
        }
        return runs
    }
}

/// Puts hidden words that follow each other together.
struct HiddenRuns {
    private(set) var texts: [HiddenText] = []
    /// More says no more to anybody, in characters for all.
    private var left = 20_000

    mutating func add(_ raw: String, page: Int, _ reason: HiddenText.Reason) {
        let text = CleanText(raw).text
        guard !text.isEmpty, left > 0 else { return }
        left -= text.count
        if let last = texts.last, last.page == page, last.reason == reason {
            texts[texts.count - 1] = HiddenText(text: "\(last.text) \(text)", page: page, reason: reason)
        } else {
            texts.append(HiddenText(text: text, page: page, reason: reason))
        }
    }
}
