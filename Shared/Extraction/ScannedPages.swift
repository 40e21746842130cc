import Documents

/// Finds the pages of a PDF that show text which is not in their text layer.
///
/// What a page holds decides, not how long it takes: pictures that cover it, or letters of fonts that
/// do not say which letters they are. In a document without any legible layer, also drawings that have
/// lines as text has them: some programs write letters as outlines. Empty pages show nothing, nor do
/// a million rectangles on one spot. What would take too long to recognize ends here.
struct ScannedPages {
    /// From 1, in their order.
    private(set) var numbers: [Int] = []

    /// The share of a page that pictures cover at least where it is one.
    private static let leastCovered = 0.25
    /// In the pictures of one page: a little more than A3 at 600 dots an inch.
    private static let mostPixels = 100e6
    /// The share of a page's height that letters take at least.
    private static let leastInked = 0.02
    /// In pixels of the longer side.
    private static let side = 600

    /// - Parameter layers: of each page.
    init(_ path: String, _ pages: [PDFPages.Page], _ layers: [TextLayer]) throws(DocumentProblem) {
        let doubtful = layers.indices.filter { !layers[$0].isLegible }
        guard let first = doubtful.first, let last = doubtful.last else { return }
        let pictures = Dictionary(grouping: try PDFPicture.list(path, first + 1, last + 1), by: \.page)
        let mayBeOutlined = doubtful.count == layers.count
        for index in doubtful {
            let onPage = pictures[index + 1] ?? []
            guard onPage.reduce(0, { $0 + $1.pixels }) <= Self.mostPixels else { throw .tooComplex }
            let covered = onPage.reduce(0) { $0 + $1.area } / (pages[index].width * pages[index].height)
            let isPicture = covered >= Self.leastCovered || layers[index].isUnmapped
            guard isPicture || mayBeOutlined else { continue }
            let drawn = try PagePicture.draw(path, index + 1, index + 1, side: Self.side)
            if isPicture || drawn.contains(where: { $0.inkedRows >= Self.leastInked }) { numbers.append(index + 1) }
        }
    }
}

/// What the visible text layer of a page is worth.
struct TextLayer {
    private var letters = 0
    private var unknown = 0

    /// Fewer letters and digits than this are no text layer: a stamp, or a page number on a scan.
    private static let fewLetters = 40

    /// Fonts without a mapping to Unicode give control characters, private ones and replacements.
    init(of words: [PageWord]) {
        for scalar in words.lazy.flatMap(\.text.unicodeScalars) {
            switch scalar.properties.generalCategory {
            case .privateUse, .control, .unassigned, .surrogate: unknown += 1
            default:
                if scalar.value == 0xFFFD { unknown += 1 }
                if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { letters += 1 }
            }
        }
    }

    var isLegible: Bool { letters >= Self.fewLetters && letters > 2 * unknown }
    /// Whether there are letters of which nobody knows which they are.
    var isUnmapped: Bool { letters + unknown >= Self.fewLetters && letters <= 2 * unknown }
}

/// A picture on a page of a PDF, from `pdfimages`.
struct PDFPicture {
    /// From 1.
    let page: Int
    let pixels: Double
    /// In square points; 0 for the mask of another picture.
    let area: Double

    /// - Throws: `tooComplex` where there are more than a hundred thousand.
    static func list(_ path: String, _ first: Int, _ last: Int) throws(DocumentProblem) -> [PDFPicture] {
        let table = try Tool.run("pdfimages", ["-list", "-f", "\(first)", "-l", "\(last)", path], output: 10 << 20).output
        return String(decoding: table, as: UTF8.self).split(separator: "\n").dropFirst(2).compactMap { PDFPicture($0) }
    }

    /// - Parameter line: page, number, kind, width, height, colour, components, bits, encoding, interpolated,
    ///   object (two words, or "[inline]"), dots an inch across and down, size, ratio.
    private init?(_ line: Substring) {
        let fields = line.split(separator: " ")
        guard fields.count >= 14, let page = Int(fields[0]), let width = Double(fields[3]), let height = Double(fields[4]),
            let across = Double(fields[fields.count - 4]), let down = Double(fields[fields.count - 3])
        else { return nil }
        self.page = page
        pixels = width * height
        let isMask = ["mask", "smask"].contains(fields[2])
        area = isMask || across <= 0 || down <= 0 ? 0 : width * height * (72 / across) * (72 / down)
    }
}
