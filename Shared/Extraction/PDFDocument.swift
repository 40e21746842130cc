import Documents

/// Reads PDF files with poppler's programs.
enum PDFDocument {
    /// Fewer letters and digits than this are no text layer: a stamp, or a page number on a scan.
    private static let fewLetters = 40

    /// - Returns: nil when the pages have no text that shows, so that they must be recognized.
    static func text(_ path: String) throws(DocumentProblem) -> DocumentText? {
        let pages = try PDFPages(path).pages
        let layer = try PDFWords(path, pages)
        let words = try HiddenWords(layer, path, pages)
        guard isLegible(words.visible) else { return nil }
        let lines = [PageLine](words.visible).withoutRunningLines(pages).withoutHyphenation()
        return try lines.text(pages: pages.count, method: .textLayer, hidden: words.hidden)
    }

    /// Whether there is text in it. Fonts without a mapping to Unicode give control characters, private
    /// ones and replacements.
    private static func isLegible(_ words: [PageWord]) -> Bool {
        var letters = 0
        var unknown = 0
        for scalar in words.lazy.flatMap(\.text.unicodeScalars) {
            switch scalar.properties.generalCategory {
            case .privateUse, .control, .unassigned, .surrogate: unknown += 1
            default:
                if scalar.value == 0xFFFD { unknown += 1 }
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { letters += 1 }
            }
        }
        return letters >= fewLetters && letters > 2 * unknown
    }
}
