/// Fills pages from top to bottom, breaks what does not fit between lines, and numbers the pages.
///
/// Lengths are in points. Everything is placed before anything is drawn, because a page's foot says
/// how many pages there are.
final class PageFlow {
    /// A4: ISO 216.
    private static let paper = (width: 595.28, height: 841.89)
    private static let margin = (side: 50.0, top: 52.0, bottom: 62.0)
    /// What is no higher than this is not broken.
    private static let unbroken = 120.0
    /// A line's width.
    let width = paper.width - 2 * margin.side

    /// Text with its place in a row.
    struct Cell {
        var text: TextBlock
        /// From the left margin.
        var x = 0.0
        /// In PDF's standard structure.
        var tag = "P"
        /// A line to the left of the text, as long as the text.
        var bar: Colour?
        var mark: Mark?
    }

    /// What stands before a cell's first line.
    enum Mark {
        /// So many of five squares are filled.
        case score(Int)
        /// A bar of which a share from 0 to 1 is filled.
        case meter(Double)
        case dot(Colour)

        var width: Double {
            switch self {
            case .score: 52
            case .meter: 84
            case .dot: 11
            }
        }
    }

    private enum Item {
        case text(TextBlock, lines: Range<Int>, x: Double, y: Double, tag: String)
        case shape(x: Double, y: Double, width: Double, height: Double, radius: Double, Colour)
        case open(String)
        case close(String)
    }

    private struct Bookmark {
        let title: String
        let page: Int
        let y: Double
        let level: Int
    }

    private let surface = PDFSurface(width: paper.width, height: paper.height)
    private var pages: [[Item]] = [[]]
    private var y = margin.top
    private var bookmarks: [Bookmark] = []
    /// Placed again at the top of each page that a table goes on to.
    private var runningHead: [Cell]?

    var pageCount: Int { pages.count }
    private var room: Double { Self.paper.height - Self.margin.bottom - y }
    private var isAtTop: Bool { y == Self.margin.top }

    // ---- Text

    func text(_ runs: [TextRun], width: Double? = nil, isProse: Bool = true) -> TextBlock {
        surface.text(runs, width: width ?? self.width, isProse: isProse)
    }

    func paragraph(_ runs: [TextRun], indent: Double = 0, bar: Colour? = nil, after: Double = 6) {
        place([Cell(text: text(runs, width: width - indent), x: indent, bar: bar)])
        gap(after)
    }

    /// - Parameter level: 1 for the document's title, then 2 and 3.
    func heading(_ title: String, level: Int, style: TextStyle, bookmark: String? = nil) {
        // A heading never stands alone at the foot of a page.
        keep(level == 1 ? 0 : 90)
        let place = Bookmark(title: bookmark ?? title, page: pages.count, y: y, level: level)
        if level > 1 { bookmarks.append(place) }
        self.place([Cell(text: text([TextRun(title, style)], isProse: false), tag: "H\(level)")])
        gap(level == 1 ? 2 : 5)
    }

    func gap(_ height: Double) {
        if !isAtTop { y += height }
    }

    /// Begins a new page unless so much is left of this one.
    func keep(_ height: Double) {
        if room < height, !isAtTop { breakPage() }
    }

    // ---- Rows and tables

    /// - Parameter columns: how wide each is, as a share of the width.
    func table(_ columns: [(title: String, share: Double)], _ rows: [[[TextRun]]], marks: [Mark?] = []) {
        keep(60)
        draw(.open("Table"))
        let widths = columns.map { $0.share * width }
        let head = cells(columns.map { [TextRun($0.title, .label)] }, widths, tag: "TH")
        place(head, as: "TR")
        gap(3)
        runningHead = head
        for (index, row) in rows.enumerated() {
            draw(.shape(x: Self.margin.side, y: y, width: width, height: 0.4, radius: 0, .line))
            y += 4
            place(cells(row, widths, tag: "TD", mark: index < marks.count ? marks[index] : nil), as: "TR")
            gap(4)
        }
        runningHead = nil
        draw(.close("Table"))
        gap(8)
    }

    /// Names with their values, in as many columns of pairs as there are shares.
    func facts(_ facts: [(name: String, value: [TextRun])], columns: Int = 1) {
        draw(.open("Table"))
        let pair = width / Double(columns)
        for start in stride(from: 0, to: facts.count, by: columns) {
            var cells: [Cell] = []
            for (column, fact) in facts[start..<min(start + columns, facts.count)].enumerated() {
                let x = Double(column) * pair
                let name = columns > 1 ? 0.12 * width : 0.15 * width
                cells.append(Cell(text: text([TextRun(fact.name, .label)], width: name - 8, isProse: false), x: x, tag: "TH"))
                cells.append(Cell(text: text(fact.value, width: pair - name - 10, isProse: false), x: x + name, tag: "TD"))
            }
            place(cells, as: "TR")
            gap(2)
        }
        draw(.close("Table"))
        gap(8)
    }

    private func cells(_ row: [[TextRun]], _ widths: [Double], tag: String, mark: Mark? = nil) -> [Cell] {
        var x = 0.0
        var cells: [Cell] = []
        for (index, runs) in row.enumerated() {
            let lead = index == 0 ? mark?.width ?? 0 : 0
            let block = text(runs, width: widths[index] - lead - 10, isProse: index > 0 && tag == "TD")
            cells.append(Cell(text: block, x: x + lead, tag: tag, mark: index == 0 ? mark : nil))
            x += widths[index]
        }
        return cells
    }

    /// Places cells beside each other; those that do not fit go on on the next page, each with its own lines.
    private func place(_ cells: [Cell], as row: String? = nil) {
        let height = cells.map(\.text.height).max() ?? 0
        if height > room, height <= Self.unbroken { breakPage() }
        var next = cells.map { _ in 0 }
        while true {
            let slices = zip(cells, next).map { cell, start in start..<end(of: cell.text, from: start) }
            let isDone = zip(cells, slices).allSatisfy { $1.upperBound == $0.text.lineCount }
            // Not a single line at a page's foot, unless the page is too small for more.
            if !isDone, !isAtTop, slices.allSatisfy({ $0.count < 2 }) {
                breakPage()
                continue
            }
            place(slices, of: cells, as: row)
            if isDone { return }
            next = slices.map(\.upperBound)
            breakPage()
        }
    }

    /// How far a text gets in the room that is left.
    private func end(of text: TextBlock, from start: Int) -> Int {
        var end = start
        while end < text.lineCount, text.tops[end + 1] - text.tops[start] <= room { end += 1 }
        // A line that is higher than a page is drawn past its end: nothing could be gained by waiting.
        return end == start && isAtTop ? min(start + 1, text.lineCount) : end
    }

    private func place(_ slices: [Range<Int>], of cells: [Cell], as row: String?) {
        if let row { draw(.open(row)) }
        var height = 0.0
        for (cell, lines) in zip(cells, slices) where !lines.isEmpty {
            let x = Self.margin.side + cell.x
            let ownHeight = cell.text.tops[lines.upperBound] - cell.text.tops[lines.lowerBound]
            if let bar = cell.bar {
                draw(.shape(x: x - 10, y: y, width: 2, height: ownHeight, radius: 1, bar))
            }
            if let mark = cell.mark, lines.lowerBound == 0 { draw(mark, x: x - mark.width, line: cell.text.tops[1]) }
            draw(.text(cell.text, lines: lines, x: x, y: y, tag: cell.tag))
            height = max(height, ownHeight)
        }
        if let row { draw(.close(row)) }
        y += height
    }

    private func breakPage() {
        pages.append([])
        y = Self.margin.top
        guard let head = runningHead else { return }
        runningHead = nil
        place(head, as: "TR")
        y += 7
        runningHead = head
    }

    // ---- Pictures

    private func draw(_ item: Item) { pages[pages.count - 1].append(item) }

    private func draw(_ mark: Mark, x: Double, line: Double) {
        let middle = y + line / 2
        switch mark {
        case .score(let score):
            for place in 0..<5 {
                draw(.shape(
                    x: x + Double(place) * 9, y: middle - 3.5, width: 7, height: 7, radius: 2,
                    place < score ? .accent : .line))
            }
        case .meter(let share):
            draw(.shape(x: x, y: middle - 2.5, width: 74, height: 5, radius: 2.5, .line))
            if share > 0 {
                draw(.shape(x: x, y: middle - 2.5, width: max(5, 74 * min(1, share)), height: 5, radius: 2.5, .accent))
            }
        case .dot(let colour):
            draw(.shape(x: x, y: middle - 3, width: 6, height: 6, radius: 3, colour))
        }
    }

    /// A line from left to right with a stroke for each moment.
    /// - Parameter moments: where along the line, from 0 to 1.
    func timeline(_ moments: [(share: Double, colour: Colour)], from start: String, to end: String) {
        keep(44)
        draw(.shape(x: Self.margin.side, y: y + 8, width: width, height: 2, radius: 1, .line))
        for moment in moments {
            draw(.shape(
                x: Self.margin.side + moment.share * (width - 2), y: y, width: 2, height: 18, radius: 1, moment.colour))
        }
        y += 22
        let right = text([TextRun(end, .small)], isProse: false)
        place([Cell(text: text([TextRun(start, .small)], isProse: false)), Cell(text: right, x: width - right.width)])
        gap(8)
    }

    // ---- The end

    /// Draws all pages.
    /// - Parameter foot: what stands at the foot of every page, before the page's number.
    func finish(title: String, foot: String) throws(DrawingError) -> [UInt8] {
        surface.setTitle(title)
        surface.open("Document")
        for (index, page) in pages.enumerated() {
            for item in page { draw(item, on: surface) }
            drawFoot(foot, page: index + 1)
            if index == pages.count - 1 { surface.close("Document") }
            surface.endPage()
        }
        var parent: CInt?
        for bookmark in bookmarks {
            let under = bookmark.level > 2 ? parent : nil
            let added = surface.bookmark(bookmark.title, page: bookmark.page, y: bookmark.y, under: under)
            if bookmark.level == 2 { parent = added }
        }
        return try surface.finish()
    }

    private func draw(_ item: Item, on surface: PDFSurface) {
        switch item {
        case .text(let text, let lines, let x, let y, let tag):
            surface.open(tag)
            surface.draw(text, lines: lines, x: x, y: y)
            surface.close(tag)
        case .shape(let x, let y, let width, let height, let radius, let colour):
            surface.fill(x: x, y: y, width: width, height: height, radius: radius, colour: colour)
        case .open(let tag): surface.open(tag)
        case .close(let tag): surface.close(tag)
        }
    }

    private func drawFoot(_ foot: String, page: Int) {
        let y = Self.paper.height - 36
        let left = text([TextRun(foot, .small)], width: width * 0.8, isProse: false)
        let right = text([TextRun("Page \(page) of \(pages.count)", .small)], isProse: false)
        surface.fill(x: Self.margin.side, y: y - 8, width: width, height: 0.6, radius: 0, colour: .line)
        surface.draw(left, lines: 0..<1, x: Self.margin.side, y: y)
        surface.draw(right, lines: 0..<1, x: Self.margin.side + width - right.width, y: y)
    }
}
