/// Puts the segments of a page into the order in which people read them.
///
/// The page is cut into columns where a gutter runs through several lines, as a recursive X-Y cut
/// does; what stands above or below such columns is read before or after them. A gutter between a
/// column of labels or dates and what they belong to is no cut: those are rows, and are read as such.
/// Where both sides begin with a heading beside each other, they are columns.
struct ReadingOrder {
    /// Rows of segments, from left to right, in the order of reading; a block's rows follow each other.
    private(set) var regions: [[[Segment]]] = []

    init(_ segments: [Segment]) {
        read(segments, depth: 0)
    }

    private mutating func read(_ segments: [Segment], depth: Int) {
        let rows = Self.rows(of: segments)
        guard depth < 6, let columns = Self.columns(in: rows) else {
            if !rows.isEmpty { regions.append(rows) }
            return
        }
        read(Array(rows[..<columns.rows.lowerBound].joined()), depth: depth + 1)
        let within = rows[columns.rows].joined()
        read(within.filter { $0.frame.middle.x < columns.gutter }, depth: depth + 1)
        read(within.filter { $0.frame.middle.x >= columns.gutter }, depth: depth + 1)
        read(Array(rows[columns.rows.upperBound...].joined()), depth: depth + 1)
    }

    /// Segments on one line of writing, from left to right; rows from top to bottom.
    private static func rows(of segments: [Segment]) -> [[Segment]] {
        var rows: [[Segment]] = []
        for segment in segments.sorted(by: { $0.frame.middle.y < $1.frame.middle.y }) {
            if let last = rows.last, last.contains(where: { $0.isBeside(segment) }),
                !last.contains(where: { overlap($0, segment) })
            {
                rows[rows.count - 1].append(segment)
            } else {
                rows.append([segment])
            }
        }
        return rows.map { $0.sorted { $0.frame.left < $1.frame.left } }
    }

    private static func overlap(_ one: Segment, _ other: Segment) -> Bool {
        min(one.frame.right, other.frame.right) - max(one.frame.left, other.frame.left) > 1
    }

    private struct Columns {
        let rows: Range<Int>
        /// Where the gutter is, in points from the left.
        let gutter: Double
    }

    /// The tallest part of the rows that a gutter divides into two columns.
    private static func columns(in rows: [[Segment]]) -> Columns? {
        var best: (columns: Columns, height: Double)?
        for edge in edges(in: rows) {
            var start = 0
            while start < rows.count {
                var end = start
                while end < rows.count, !crosses(rows[end], edge) { end += 1 }
                if end > start, let (range, height) = columns(in: rows, start..<end, edge), height > best?.height ?? 0 {
                    best = (Columns(rows: range, gutter: edge), height)
                }
                start = end + 1
            }
        }
        return best?.columns
    }

    /// Where gutters may end: left edges that several segments share.
    private static func edges(in rows: [[Segment]]) -> [Double] {
        var counts: [Int: Int] = [:]
        for segment in rows.joined() { counts[Int(segment.frame.left.rounded()), default: 0] += 1 }
        let shared = counts.filter { $0.value + (counts[$0.key + 1] ?? 0) + (counts[$0.key - 1] ?? 0) >= 3 }
        return shared.keys.sorted().map { Double($0) - 2 }
    }

    /// Whether a segment leaves no room for a gutter that ends at `edge`.
    private static func crosses(_ row: [Segment], _ edge: Double) -> Bool {
        row.contains { segment in
            let size = min(12, segment.fontSize)
            return segment.frame.left < edge && segment.frame.right > edge - 0.6 * size
        }
    }

    /// What of a range of rows is two columns, and its height; nil where it is rows of a table.
    private static func columns(in rows: [[Segment]], _ range: Range<Int>, _ edge: Double) -> (Range<Int>, Double)? {
        let isLeft = { (segment: Segment) in segment.frame.middle.x < edge }
        // Large lines above the left column are a heading of both. Where one column is longer it goes on alone.
        let sizes = rows[range].joined().map(\.fontSize).sorted()
        let usual = sizes[sizes.count / 2]
        let heading = rows[range].prefix { row in row.allSatisfy { !isLeft($0) && $0.fontSize > 1.2 * usual } }.count
        let range = range.lowerBound + heading..<range.upperBound
        let left = rows[range].map { $0.filter(isLeft) }
        let right = rows[range].map { $0.filter { !isLeft($0) } }
        let (leftCount, rightCount) = (left.count { !$0.isEmpty }, right.count { !$0.isEmpty })
        let areColumns = leftCount >= 3 && rightCount >= 3 && !isTable(left, right) && !isColumnOfDates(left, right)
        guard areColumns || areHeaded(left, right) else { return nil }
        let frames = rows[range].joined().map(\.frame)
        let height = (frames.map(\.bottom).max() ?? 0) - (frames.map(\.top).min() ?? 0)
        return (range, height)
    }

    /// Whether the first row that has something on both sides is larger there than most of what is below.
    private static func areHeaded(_ left: [[Segment]], _ right: [[Segment]]) -> Bool {
        guard let first = left.indices.first(where: { !left[$0].isEmpty && !right[$0].isEmpty }) else { return false }
        return [left, right].allSatisfy { side in
            let sizes = side[(first + 1)...].joined().map(\.fontSize).sorted()
            return side[first].count == 1 && !sizes.isEmpty && side[first][0].fontSize > 1.1 * sizes[sizes.count / 2]
        }
    }

    /// Whether what stands on the left at the height of something on the right is dates, nearly always.
    private static func isColumnOfDates(_ left: [[Segment]], _ right: [[Segment]]) -> Bool {
        let others = right.joined().map(\.frame)
        let beside = left.filter { row in
            row.contains { segment in others.contains { $0.sharesHeight(with: segment.frame) > 0.2 } }
        }
        return !beside.isEmpty && Double(beside.count(where: isDated)) >= 0.8 * Double(beside.count)
    }

    /// Whether what stands on the two sides belongs together line by line.
    private static func isTable(_ left: [[Segment]], _ right: [[Segment]]) -> Bool {
        let paired = zip(left, right).filter { !$0.isEmpty && !$1.isEmpty && areAligned($0, $1) }
        let (leftRows, rightRows) = (left.filter { !$0.isEmpty }, right.filter { !$0.isEmpty })
        for (side, other) in [(leftRows, rightRows), (rightRows, leftRows)] {
            guard Double(paired.count) >= 0.8 * Double(side.count) else { continue }
            // Dates and labels: each has its line on the other side, which has more lines of its own.
            if Double(side.count) < 0.7 * Double(other.count) || side.count <= 6 { return true }
            if 2 * side.count(where: isDated) > side.count { return true }
        }
        return false
    }

    /// Whether what is nearest on both sides stands on one base line.
    private static func areAligned(_ left: [Segment], _ right: [Segment]) -> Bool {
        guard let one = left.last?.frame, let other = right.first?.frame else { return false }
        return abs(one.bottom - other.bottom) < 0.25 * min(one.height, other.height)
    }

    /// Whether a row holds a year, or a month and a year in numbers.
    private static func isDated(_ row: [Segment]) -> Bool {
        row.contains { $0.text.split { !$0.isNumber }.contains { $0.count == 4 } }
    }
}
