@_spi(_Unicode) import Swift

/// Text as it is compared: without regard to case, accents and typographic variants.
enum Folding {
    /// Lower case, without accents, `ß` as `ss`, ligatures and full-width letters as plain ones,
    /// every dash as `-` and every quote straight.
    static func fold(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 128 }) { return text.lowercased() }
        var folded = String.UnicodeScalarView()
        for scalar in text.lowercased()._nfd {
            if (0x300...0x36F).contains(scalar.value) { continue }
            if let plain = variants[scalar] {
                folded.append(contentsOf: plain.unicodeScalars)
            } else {
                folded.append(wide(scalar))
            }
        }
        return String(folded)
    }

    /// The plain form of full-width letters and digits.
    private static func wide(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }

    /// The compatibility variants (Unicode Standard Annex 15) that word processors and fonts put into
    /// resumes, and letters whose stroke no decomposition takes away.
    private static let variants: [Unicode.Scalar: String] = [
        "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th",
        "ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "ª": "a", "º": "o", "…": "...",
        "\u{A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "\u{3000}": " ",
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
        "’": "'", "‘": "'", "‛": "'", "´": "'", "`": "'", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
    ]
}
