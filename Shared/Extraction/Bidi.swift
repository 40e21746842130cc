/// Turns a line whose characters stand as they are seen, from left to right, into the order in which
/// they are read. This undoes the reordering of the Unicode Bidirectional Algorithm (UAX #9) for the
/// two levels that lines of a document have.
enum Bidi {
    /// The line in logical order; a line without right-to-left letters is returned as it is.
    static func logical(_ visual: String) -> String {
        guard visual.unicodeScalars.contains(where: isRightToLeft) else { return visual }
        let characters = Array(visual)
        let directions = characters.map(direction)
        let strong = directions.filter { $0 == .leftToRight || $0 == .rightToLeft }
        // A line begins and ends with its own direction, or most of its letters have it.
        let isTurned = strong.first == strong.last
            ? strong.first == .rightToLeft : 2 * strong.count { $0 == .rightToLeft } >= strong.count
        if isTurned {
            return String(turning(characters.reversed(), [.leftToRight, .number], over: []))
        }
        // A number within right-to-left words keeps its own direction.
        return String(turning(characters, [.rightToLeft], over: [.number], then: [.number]))
    }

    enum Direction { case leftToRight, rightToLeft, number, neutral }

    static func isRightToLeft(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Hebrew, Arabic, Syriac, Thaana, N'Ko and their presentation forms.
        case 0x590...0x8FF, 0xFB1D...0xFDFF, 0xFE70...0xFEFC, 0x10800...0x10FFF, 0x1E800...0x1EFFF:
            !(0x660...0x669).contains(scalar.value) && !(0x6F0...0x6F9).contains(scalar.value)
        default: false
        }
    }

    private static func direction(_ character: Character) -> Direction {
        guard let scalar = character.unicodeScalars.first else { return .neutral }
        if isRightToLeft(scalar) { return .rightToLeft }
        // European terminators (class ET) go with the number beside them.
        if scalar.properties.numericType != nil || "#$%€£¥°".contains(character) { return .number }
        return scalar.properties.isAlphabetic ? .leftToRight : .neutral
    }

    /// Reverses each run of what has one of the directions. A run goes on over what has none, or one of
    /// `over`, up to the last of its own.
    /// - Parameter inner: is then reversed once more within each run.
    private static func turning(
        _ characters: [Character], _ own: Set<Direction>, over others: Set<Direction>, then inner: Set<Direction> = []
    ) -> [Character] {
        let directions = characters.map(direction)
        var turned: [Character] = []
        var index = 0
        while index < characters.count {
            guard own.contains(directions[index]) else {
                turned.append(characters[index])
                index += 1
                continue
            }
            var end = index
            for next in index..<characters.count {
                if own.contains(directions[next]) {
                    end = next
                } else if directions[next] != .neutral, !others.contains(directions[next]) {
                    break
                }
            }
            let run = Array(characters[index...end].reversed())
            turned += inner.isEmpty ? run : turning(run, inner, over: [])
            index = end + 1
        }
        return turned
    }
}
