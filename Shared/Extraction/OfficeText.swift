import Documents

/// The paragraphs of one part of a DOCX: its body, a header or a footer.
final class OfficeText: XMLListener {
    private(set) var lines: [PageLine] = []
    private(set) var hidden = HiddenRuns()

    private let styles: OfficeStyles
    /// Elements whose content nobody sees: what was deleted, field codes, the old form of a drawing.
    private static let unseen: Set<String> = ["moveFrom", "del", "instrText", "delText", "Fallback", "delInstrText"]
    /// Smaller text is hidden, in points.
    private static let smallest = 4.0

    private var unseenDepth = 0
    private var paragraphs: [Paragraph] = []
    private var tables: [Table] = []
    private var textBoxes = 0
    private var run = RunLook()
    private var isInRunProperties = false
    private var isInParagraphProperties = false
    private var isInRun = false
    private var isText = false
    /// Whether a shape lies behind the text, so that nobody knows what colour it has there.
    private var hasShapeBehind = false

    /// Paragraphs stand within each other, in text boxes.
    private struct Paragraph {
        var look = RunLook()
        var text = ""
        var sizes: [Double: Int] = [:]
    }

    private struct Table {
        var isShaded: Bool
        var fill: [Int]?
        var row: [[PageLine]] = []
        /// Where the lines outside end and those of the current cell begin.
        var cellStart = 0
        var rowStart = 0
    }

    init(_ styles: OfficeStyles) { self.styles = styles }

    func begin(_ name: String, _ attributes: [String: String]) {
        if Self.unseen.contains(name) { unseenDepth += 1 }
        guard unseenDepth == 0 else { return }
        switch name {
        case "p": paragraphs.append(Paragraph())
        case "pPr": isInParagraphProperties = true
        case "rPr": isInRunProperties = true
        case "r":
            run = RunLook()
            isInRun = true
        case "t": isText = true
        case "tab" where isInRun: add("\t")
        case "br" where isInRun, "cr" where isInRun: add("\n")
        case "noBreakHyphen": add("-")
        case "txbxContent": textBoxes += 1
        case "anchor": hasShapeBehind = hasShapeBehind || attributes["behindDoc"] == "1"
        case "tbl": tables.append(Table(isShaded: false))
        case "tblStyle": if !tables.isEmpty { tables[tables.count - 1].isShaded = styles.shades(attributes["val"]) }
        case "tr":
            guard !tables.isEmpty else { break }
            tables[tables.count - 1].row = []
            tables[tables.count - 1].rowStart = lines.count
        case "tc":
            guard !tables.isEmpty else { break }
            tables[tables.count - 1].cellStart = lines.count
            tables[tables.count - 1].fill = nil
        case "pStyle":
            guard !paragraphs.isEmpty else { break }
            paragraphs[paragraphs.count - 1].look = styles.look(of: attributes["val"])
        case "rStyle": run = styles.look(of: attributes["val"]).refined(by: run)
        default: takeProperty(name, attributes)
        }
    }

    private func takeProperty(_ name: String, _ attributes: [String: String]) {
        if isInRunProperties, isInRun {
            run.take(name, attributes)
        } else if isInParagraphProperties, !paragraphs.isEmpty, !isInRunProperties {
            paragraphs[paragraphs.count - 1].look.take(name, attributes)
        } else if name == "shd", !tables.isEmpty, !isInRun {
            tables[tables.count - 1].fill = attributes["fill"].flatMap(RunLook.color)
        }
    }

    func end(_ name: String) {
        if Self.unseen.contains(name) { unseenDepth -= 1 }
        guard unseenDepth == 0 else { return }
        switch name {
        case "pPr": isInParagraphProperties = false
        case "rPr": isInRunProperties = false
        case "r": isInRun = false
        case "t": isText = false
        case "p": endParagraph()
        case "txbxContent": textBoxes -= 1
        case "tc":
            guard !tables.isEmpty else { break }
            tables[tables.count - 1].row.append(Array(lines[tables[tables.count - 1].cellStart...]))
        case "tr": endRow()
        case "tbl":
            _ = tables.popLast()
            // What follows a table does not belong to its last row.
            paragraphsSinceBlock = 1
        default: break
        }
    }

    func text(_ text: String) {
        if isText, unseenDepth == 0 { add(text) }
    }

    /// 1 when an empty paragraph or a table came before the next line.
    private var paragraphsSinceBlock = 1

    private func add(_ text: String) {
        guard !paragraphs.isEmpty else { return }
        let look = styles.defaults.refined(by: paragraphs[paragraphs.count - 1].look).refined(by: run)
        if let reason = reasonToHide(look) {
            hidden.add(text, page: 1, reason)
        } else {
            paragraphs[paragraphs.count - 1].text += text
            paragraphs[paragraphs.count - 1].sizes[look.size ?? 10, default: 0] += text.count
        }
    }

    private func reasonToHide(_ look: RunLook) -> HiddenText.Reason? {
        if look.isVanished == true { return .markedHidden }
        if let size = look.size, size < Self.smallest { return .tiny }
        guard let color = look.color else { return nil }
        let cell = tables.last { $0.fill != nil }?.fill ?? nil
        let isUncertain = textBoxes > 0 || hasShapeBehind || tables.contains(where: \.isShaded)
        guard let behind = look.fill ?? cell ?? (isUncertain ? nil : [255, 255, 255]) else { return nil }
        return zip(color, behind).allSatisfy { abs($0 - $1) < 20 } ? .invisibleColor : nil
    }

    private func endParagraph() {
        guard let paragraph = paragraphs.popLast() else { return }
        guard paragraph.text.contains(where: { !$0.isWhitespace }) else {
            paragraphsSinceBlock = 1
            return
        }
        let size = paragraph.sizes.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
        var isFirst = true
        for part in paragraph.text.split(separator: "\n") where part.contains(where: { !$0.isWhitespace }) {
            let mark = isFirst && paragraph.look.isItem == true ? "• " : ""
            lines.append(PageLine(
                text: mark + part, page: 1, frame: nil, fontSize: size, beginsBlock: isFirst && paragraphsSinceBlock > 0))
            isFirst = false
            paragraphsSinceBlock = 0
        }
    }

    /// Cells with a line each make one line; cells with more are read one after the other, as they are
    /// used to set a page in columns.
    private func endRow() {
        guard let table = tables.last else { return }
        let cells = table.row.filter { !$0.isEmpty }
        guard cells.count > 1 else { return }
        lines.removeSubrange(table.rowStart...)
        if cells.allSatisfy({ $0.count == 1 }) {
            var line = cells[0][0]
            line.text = cells.map { $0[0].text }.joined(separator: "\t")
            lines.append(line)
        } else {
            for var cell in cells {
                cell[0].beginsBlock = true
                lines += cell
            }
            paragraphsSinceBlock = 1
        }
    }
}
