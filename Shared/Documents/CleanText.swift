// The standard library normalizes, but names it only so; FoundationEssentials has nothing for it.
@_spi(_Unicode) import Swift

/// A text without the characters that nobody sees, and what those were.
public struct CleanText {
    /// Normalization form C. Every kind of line end is "\n"; other control characters are gone.
    public let text: String
    /// What the removed characters spell or which words they parted; nil when they are innocent.
    public let hidden: String?

    public init(_ raw: String) {
        var kept = String.UnicodeScalarView()
        var message = String.UnicodeScalarView()
        var zeroWidth = 0
        var partings = 0
        let scalars = Array(raw.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if let letter = Self.smuggled(by: scalar, after: index > 0 ? scalars[index - 1] : nil) {
                message.append(letter)
            } else if Self.isZeroWidth(scalar) {
                zeroWidth += 1
                if Self.partsLetters(scalars, at: index) { partings += 1 }
            } else if let letters = Self.ligatures[scalar.value] {
                kept.append(contentsOf: letters.unicodeScalars)
            } else if let seen = Self.seen(scalar, after: index > 0 ? scalars[index - 1] : nil) {
                kept.append(seen)
            }
        }
        text = kept.isEmpty ? "" : String(String.UnicodeScalarView(String(kept)._nfc))
        hidden = Self.report(message: String(message), zeroWidth: zeroWidth, partings: partings)
    }

    /// A few characters without width come with text copied from web pages; many are there on purpose.
    private static func report(message: String, zeroWidth: Int, partings: Int) -> String? {
        if message.unicodeScalars.count >= 4 { return String(message.prefix(2000)) }
        if partings >= 4 { return "\(partings) letters parted by characters without width" }
        return zeroWidth >= 200 ? "\(zeroWidth) characters without width" : nil
    }

    /// ASCII that the tag block or a run of variation selectors spells. Neither has a use in text but
    /// a flag of a region (a black flag and tags) and the form of the one character before.
    private static func smuggled(by scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Unicode.Scalar? {
        switch scalar.value {
        case 0xE0020...0xE007E: return Unicode.Scalar(scalar.value - 0xE0000)
        case 0xE0100...0xE01EF:
            // 16 bytes lie in the other selectors.
            guard let previous, isSelector(previous) else { return nil }
            return Unicode.Scalar(scalar.value - 0xE0100 + 16)
        default: return nil
        }
    }

    private static func isSelector(_ scalar: Unicode.Scalar) -> Bool {
        (0xFE00...0xFE0F).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }

    /// Characters that draw nothing, take no room and are no line ends: Unicode's
    /// Default_Ignorable_Code_Point, which holds the bidi controls too.
    private static func isZeroWidth(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isDefaultIgnorableCodePoint || scalar.value == 0xFFFE
            || (0xFFF9...0xFFFB).contains(scalar.value)
    }

    /// Whether it stands between two letters that never need it: hyphenation points do not count, and
    /// neither do the joiners of Arabic and Indic scripts.
    private static func partsLetters(_ scalars: [Unicode.Scalar], at index: Int) -> Bool {
        guard scalars[index].value != 0xAD, index > 0, index + 1 < scalars.count else { return false }
        return [scalars[index - 1], scalars[index + 1]].allSatisfy { $0.value < 0x590 && $0.properties.isAlphabetic }
    }

    /// Typesetters' ligatures, which no search would find.
    private static let ligatures: [UInt32: String] = [
        0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    ]

    /// What stands for a scalar in the text, or nil.
    private static func seen(_ scalar: Unicode.Scalar, after previous: Unicode.Scalar?) -> Unicode.Scalar? {
        switch scalar.value {
        case 0x0A: previous?.value == 0x0D ? nil : "\n"
        case 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: "\n"
        // Bullets of the fonts Symbol and Wingdings, as word processors write them.
        case 0xF0A7, 0xF0B7, 0xF0D8, 0xF0FC: "•"
        case 0x09: "\t"
        case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: " "
        case 0..<0x20, 0x7F..<0xA0, 0xFFFD, 0xFFFF: nil
        default: scalar
        }
    }
}
