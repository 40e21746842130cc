import Documents
import POSIX

/// Recognizes the characters on pictures of a PDF's pages, with Tesseract.
enum Scan {
    /// More pages would take longer than somebody waits for them.
    static let mostPages = 10
    /// In pixels of the longer side: about 200 dots an inch, from which Tesseract reads well.
    private static let side = 2400
    private static let languages = "eng+deu+spa"
    /// Words of which Tesseract is less sure are specks and lines, in percent.
    private static let leastSure = 30.0

    /// Somebody else may need the processor: nobody waits for a scan, so only what it costs is limited.
    private static let patience = DocumentReader.scanSeconds

    /// - Parameter number: of the page, from 1.
    static func words(
        _ path: String, _ number: Int, _ page: PDFPages.Page, _ folder: String
    ) throws(DocumentProblem) -> [PageWord] {
        let picture = "\(folder)/page"
        _ = try Tool.run(
            "pdftoppm",
            [
                "-cropbox", "-gray", "-q", "-f", "\(number)", "-l", "\(number)", "-singlefile",
                "-scale-to", "\(side)", path, picture,
            ], patience: patience, file: 32 << 20)
        let table = try Tool.run(
            "tesseract", ["\(picture).pgm", "stdout", "-l", languages, "tsv"], patience: patience, output: 8 << 20
        ).output
        let scale = max(page.width, page.height) / Double(side)
        return String(decoding: table, as: UTF8.self).split(separator: "\n").compactMap {
            PageWord(tesseractLine: $0, page: number, scale: scale, leastSure: leastSure)
        }
    }

    /// What an invisible text layer says that the pictures do not. Scanners' software puts such layers
    /// under its pictures; one that says what the picture says is no secret.
    /// - Parameter seen: on the pictures.
    static func unseen(in layer: PDFWords, on pages: Set<Int>, _ seen: [PageWord]) -> [HiddenText] {
        let known = Set(seen.map { key($0.text) })
        let lines = Dictionary(grouping: layer.words.filter { pages.contains($0.page) }, by: \.page).values
            .flatMap { Segment.of($0) }
        var runs = HiddenRuns()
        for line in lines.sorted(by: { ($0.words[0].page, $0.frame.top) < ($1.words[0].page, $1.frame.top) }) {
            let keys = line.words.map { key($0.text) }.filter { $0.count >= 3 }
            guard 2 * keys.count(where: { !known.contains($0) }) > keys.count else { continue }
            runs.add(Bidi.logical(line.text), page: line.words[0].page, .invisibleColor)
        }
        for piece in layer.outside where pages.contains(piece.page) { runs.add(piece.text, page: piece.page, .offPage) }
        return runs.texts
    }

    private static func key(_ word: String) -> String { word.lowercased().filter { $0.isLetter || $0.isNumber } }
}

extension PageWord {
    /// - Parameter line: of Tesseract's table: level (5 is a word), four numbers, left, top, width, height in
    ///   pixels, confidence, text.
    fileprivate init?(tesseractLine line: Substring, page: Int, scale: Double, leastSure: Double) {
        let fields = line.split(separator: "\t", maxSplits: 11, omittingEmptySubsequences: false)
        guard fields.count == 12, fields[0] == "5", let sure = Double(fields[10]), sure >= leastSure else { return nil }
        let edges = fields[6..<10].compactMap { Double($0) }.map { $0 * scale }
        guard edges.count == 4, fields[11].contains(where: { !$0.isWhitespace }) else { return nil }
        // Tesseract has right-to-left words in logical order already; lines are put together as they are seen.
        let isRightToLeft = fields[11].unicodeScalars.contains(where: Bidi.isRightToLeft)
        let text = isRightToLeft ? String(fields[11].reversed()) : String(fields[11])
        self.init(
            text: text, page: page,
            frame: Frame(left: edges[0], top: edges[1], right: edges[0] + edges[2], bottom: edges[1] + edges[3]),
            fontSize: edges[3])
    }
}
