import Documents

/// A page as `pdftoppm` draws it.
struct PagePicture {
    let width: Int
    let height: Int
    /// Red, green and blue of each pixel, row by row.
    private let bytes: ArraySlice<UInt8>

    /// Draws pages from `first` to `last`, each so large that its longer side has `side` pixels.
    static func draw(_ path: String, _ first: Int, _ last: Int, side: Int) throws(DocumentProblem) -> [PagePicture] {
        let output = try Tool.run(
            "pdftoppm",
            ["-cropbox", "-q", "-f", "\(first)", "-l", "\(last)", "-scale-to", "\(side)", path],
            output: (last - first + 1) * (side * side * 3 + 64)
        ).output
        var rest = output[...]
        var pictures: [PagePicture] = []
        while let picture = PagePicture(&rest) { pictures.append(picture) }
        return pictures
    }

    /// Takes one binary PPM (ppm(5)) from the front: `P6`, width, height, 255 and the pixels.
    private init?(_ rest: inout ArraySlice<UInt8>) {
        var fields: [Int] = []
        var position = rest.startIndex + 2
        while fields.count < 3, position < rest.endIndex {
            let digits = rest[position...].dropFirst().prefix { $0 > 32 }
            guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
            fields.append(number)
            position = digits.endIndex
        }
        guard fields.count == 3, fields[0] > 0, fields[1] > 0 else { return nil }
        let start = position + 1
        let size = fields[0] * fields[1] * 3
        guard rest.endIndex - start >= size else { return nil }
        width = fields[0]
        height = fields[1]
        bytes = rest[start..<start + size]
        rest = rest[(start + size)...]
    }

    /// The share of the rows that hold more than one colour, as lines of text do.
    var inkedRows: Double {
        let inked = (0..<height).count { row in
            let start = bytes.startIndex + 3 * row * width
            let (first, rest) = (bytes[start], stride(from: start, to: start + 3 * width, by: 3))
            return rest.contains { abs(Int(bytes[$0]) - Int(first)) >= 48 }
        }
        return Double(inked) / Double(height)
    }

    /// What is to be seen in and around a rectangle of the page.
    struct Look {
        /// The largest difference between two pixels in red, green or blue; 0 to 255.
        var contrast = 0
        /// Whether most pixels, and most of those just outside, have the colour that was asked about.
        var isFilled = false
        var isSurrounded = false
    }

    /// - Parameters:
    ///   - color: red, green and blue.
    ///   - page: gives the scale.
    /// - Returns: nil when the rectangle lies outside the page.
    func look(at frame: Frame, for color: [Int], on page: PDFPages.Page) -> Look? {
        let (across, down) = (Double(width) / page.width, Double(height) / page.height)
        let columns = clamped(frame.left * across, frame.right * across, width)
        let rows = clamped(frame.top * down, frame.bottom * down, height)
        guard !columns.isEmpty, !rows.isEmpty else { return nil }
        var look = Look()
        for part in 0..<3 {
            var (least, greatest): (UInt8, UInt8) = (255, 0)
            for row in rows {
                for column in columns {
                    let value = bytes[bytes.startIndex + 3 * (row * width + column) + part]
                    least = min(least, value)
                    greatest = max(greatest, value)
                }
            }
            look.contrast = max(look.contrast, Int(greatest) - Int(least))
        }
        let inside = pixels(of: color, columns, rows)
        let outerRows = max(0, rows.lowerBound - 2)..<min(height, rows.upperBound + 2)
        let outerColumns = max(0, columns.lowerBound - 2)..<min(width, columns.upperBound + 2)
        let area = rows.count * columns.count
        let around = pixels(of: color, outerColumns, outerRows) - inside
        look.isFilled = 2 * inside > area
        look.isSurrounded = 2 * around > outerRows.count * outerColumns.count - area
        return look
    }

    /// How many pixels have nearly a colour.
    private func pixels(of color: [Int], _ columns: Range<Int>, _ rows: Range<Int>) -> Int {
        var count = 0
        for row in rows {
            for column in columns {
                let start = bytes.startIndex + 3 * (row * width + column)
                let isNear = abs(Int(bytes[start]) - color[0]) < 16 && abs(Int(bytes[start + 1]) - color[1]) < 16
                    && abs(Int(bytes[start + 2]) - color[2]) < 16
                if isNear { count += 1 }
            }
        }
        return count
    }

    private func clamped(_ from: Double, _ to: Double, _ limit: Int) -> Range<Int> {
        let low = min(Double(limit), max(0, from.rounded(.down)))
        let high = min(Double(limit), max(low, to.rounded(.up)))
        return Int(low)..<Int(high)
    }
}
