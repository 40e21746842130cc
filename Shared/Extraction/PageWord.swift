import Documents

/// A word where it stands on its page.
struct PageWord {
    /// Its characters from left to right, also where they are read from right to left.
    var text: String
    /// From 1.
    let page: Int
    /// In points from the upper left corner of what is shown of the page.
    var frame: Frame
    /// In points; where the exact size is unknown, the height of its box, which is nearly that.
    var fontSize: Double
    /// Red, green, blue; nil where it is not known.
    var color: [Int]?
    /// Nil where it is not known.
    var isBold: Bool?

    /// Whether there is anything to read in it.
    var hasLetters: Bool {
        text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    /// Whether its characters stand above each other.
    var isVertical: Bool { text.count >= 3 && frame.height > 1.6 * frame.width }
}

/// A rectangle by its edges; y grows downwards.
struct Frame {
    var left: Double
    var top: Double
    var right: Double
    var bottom: Double

    var width: Double { right - left }
    var height: Double { bottom - top }
    var middle: (x: Double, y: Double) { ((left + right) / 2, (top + bottom) / 2) }

    func joined(with other: Frame) -> Frame {
        Frame(
            left: min(left, other.left), top: min(top, other.top), right: max(right, other.right),
            bottom: max(bottom, other.bottom))
    }

    func contains(_ point: (x: Double, y: Double), margin: Double) -> Bool {
        point.x >= left - margin && point.x <= right + margin && point.y >= top - margin && point.y <= bottom + margin
    }

    /// The part of the smaller height at which both have something.
    func sharesHeight(with other: Frame) -> Double {
        let shared = min(bottom, other.bottom) - max(top, other.top)
        return shared / max(0.1, min(height, other.height))
    }

    /// In whole hundredths of a point.
    var box: Box {
        func rounded(_ value: Double) -> Double { (value * 100).rounded() / 100 }
        return Box(x: rounded(left), y: rounded(top), width: rounded(width), height: rounded(height))
    }
}
