import Documents

/// The size of each page of a PDF as it is shown, from `pdfinfo`.
struct PDFPages {
    struct Page {
        /// In points, after cropping and turning.
        let width: Double
        let height: Double
        /// Where the shown part begins on the whole page, in points from its upper left corner.
        let left: Double
        let top: Double
    }

    /// At least one.
    let pages: [Page]

    init(_ path: String) throws(DocumentProblem) {
        let most = DocumentReader.mostPages
        let answer = try Tool.run("pdfinfo", ["-box", "-l", "\(most)", path], output: 1 << 20).output
        var count = 0
        var numbers: [Int: [String: [Double]]] = [:]
        for line in String(decoding: answer, as: UTF8.self).split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let words = line[..<colon].split(separator: " ")
            let values = line[line.index(after: colon)...].split(separator: " ").compactMap { Double($0) }
            if words == ["Pages"] { count = Int(values.first ?? 0) }
            if words.count == 3, words[0] == "Page", let page = Int(words[1]) {
                numbers[page, default: [:]][String(words[2])] = values
            }
        }
        guard count > 0 else { throw .damaged }
        guard count <= most else { throw .tooManyPages(most: most) }
        pages = (1...count).map { Page(numbers[$0] ?? [:]) }
    }
}

extension PDFPages.Page {
    /// - Parameter values: `MediaBox`, `CropBox` (left, bottom, right, top) and `rot`, in degrees.
    fileprivate init(_ values: [String: [Double]]) {
        let media = values["MediaBox"].flatMap { $0.count == 4 ? $0 : nil } ?? [0, 0, 595, 842]
        let crop = values["CropBox"].flatMap { $0.count == 4 ? $0 : nil } ?? media
        let below = crop[1] - media[1], above = media[3] - crop[3]
        let before = crop[0] - media[0], after = media[2] - crop[2]
        let (wide, high) = (max(1, abs(crop[2] - crop[0])), max(1, abs(crop[3] - crop[1])))
        switch values["rot"]?.first {
        case 90: self.init(width: high, height: wide, left: below, top: before)
        case 180: self.init(width: wide, height: high, left: after, top: below)
        case 270: self.init(width: high, height: wide, left: above, top: after)
        default: self.init(width: wide, height: high, left: before, top: above)
        }
    }
}
