import Documents

/// A PDF file as poppler's programs see it.
struct PDFDocument {
    private let path: String
    private let pages: [PDFPages.Page]
    private let layer: PDFWords
    private let words: HiddenWords
    /// The pages that show text and have no layer of it, from 1 and in their order: they must be recognized.
    let scanned: [Int]

    /// Pages are drawn where that tells something, so that what takes too long to draw is refused here.
    init(_ path: String) throws(DocumentProblem) {
        self.path = path
        pages = try PDFPages(path).pages
        layer = try PDFWords(path, pages)
        words = try HiddenWords(layer, path, pages)
        let visible = Dictionary(grouping: words.visible, by: \.page)
        let layers = pages.indices.map { TextLayer(of: visible[$0 + 1] ?? []) }
        scanned = try ScannedPages(path, pages, layers).numbers
        guard scanned.count <= Scan.mostPages || layers.contains(where: \.isLegible) else {
            throw .tooManyPages(most: Scan.mostPages)
        }
    }

    /// What the text layer says; for documents without ``scanned`` pages.
    func text() throws(DocumentProblem) -> DocumentText {
        try lines(of: words.visible).text(pages: pages.count, method: .textLayer, hidden: words.hidden)
    }

    /// What the pages say, the ``scanned`` ones by their pictures; of these only the first `Scan.mostPages`.
    /// - Parameter folder: for the pictures.
    func recognized(_ folder: String) throws(DocumentProblem) -> DocumentText {
        let read = Set(scanned.prefix(Scan.mostPages))
        var seen: [PageWord] = []
        for number in read.sorted() { seen += try Scan.words(path, number, pages[number - 1], folder) }
        let others = words.visible.filter { !read.contains($0.page) }
        let hidden = words.hidden.filter { !scanned.contains($0.page) } + Scan.unseen(in: layer, on: read, seen)
        return try lines(of: others + seen).text(
            pages: pages.count, method: others.isEmpty ? .recognized : .mixed, hidden: hidden,
            unread: Array(scanned.dropFirst(Scan.mostPages)))
    }

    private func lines(of words: [PageWord]) -> [PageLine] {
        [PageLine](words).withoutRunningLines(pages).withoutHyphenation()
    }
}
