/// Reads who somebody is and how to reach them.
struct ContactReader {
    /// Every line of the resume.
    let lines: [TextLine]
    /// How many of them come before the first section that is not about contact.
    let headCount: Int
    /// Lines of a section with a heading such as "Contact".
    let contactLines: [TextLine]

    private var head: ArraySlice<TextLine> { lines.prefix(headCount) }
    /// Where contact data is looked for first.
    private var near: [TextLine] { contactLines + head }

    // MARK: E-mail

    func email() -> Value? {
        let all = near + lines
        for (index, line) in all.enumerated()
        where line.content.contains(.at) || index + 1 < all.count && all[index + 1].content.units.first == .at {
            // Narrow columns break addresses.
            if index + 1 < all.count, let whole = joined(line.content, all[index + 1].content) {
                return Value(text: whole.text, ranges: whole.ranges, confidence: 0.9)
            }
            if let address = Self.addresses(in: line.content).first { return Value(address, confidence: 0.98) }
        }
        return nil
    }

    /// An address that goes on in the next line, where it does not end as addresses do in its own.
    private func joined(_ first: Span, _ second: Span) -> Value? {
        if second.units.first == .at { return joinedAtSign(first, second) }
        guard let at = first.units.lastIndex(of: .at), second.units.count <= 20, second.units.allSatisfy(Self.isDomain),
            !second.text.hasPrefix("www."),
            first.between(at, first.end).units.dropFirst().allSatisfy(Self.isDomain),
            second.text == second.text.lowercased(), second.start > first.end,
            second.start - first.end <= 2
        else { return nil }
        let top = first.between(at + 1, first.end).text.split(separator: ".", omittingEmptySubsequences: false)
        let isComplete = top.count > 1 && Self.topDomains.contains(String(top[top.count - 1]).lowercased())
        guard !isComplete || second.units.first == .dot else { return nil }
        var start = at
        while start > first.start, Self.isLocal(first.units[start - 1]) { start -= 1 }
        let head = first.between(start, first.end)
        guard Self.addresses(in: Span(head.text + second.text)).first?.text == head.text + second.text else {
            return nil
        }
        return Value(text: head.text + second.text, ranges: [head.range, second.range], confidence: 0.9)
    }

    /// A line that begins with "@" goes on with the last word of the one before.
    private func joinedAtSign(_ first: Span, _ second: Span) -> Value? {
        var start = first.end
        while start > first.start, Self.isLocal(first.units[start - 1]) { start -= 1 }
        let head = first.between(start, first.end)
        guard !head.isEmpty, let address = Self.addresses(in: Span(head.text + second.text)).first else { return nil }
        return Value(text: address.text, ranges: [head.range, second.range], confidence: 0.9)
    }

    /// Common ends of addresses, by which a whole one is told from a broken one.
    private static let topDomains: Set = [
        "com", "org", "net", "edu", "gov", "io", "co", "me", "info", "biz", "dev", "app", "ai", "eu", "us", "uk", "ca",
        "au", "nz", "in", "ie", "za", "sg", "de", "at",
        "ch", "es", "mx", "ar", "cl", "pe", "uy", "fr", "it", "nl", "be", "pt", "pl", "cz", "dk", "se", "no", "fi",
        "ru", "ua", "tr", "jp", "cn", "kr", "br", "il", "ng", "ke",
        "example", "test", "invalid",
    ]

    /// What RFC 5321 calls a mailbox, without quoted and other rare local parts.
    static func addresses(in span: Span) -> [Span] {
        let units = span.units
        return units.indices.filter { units[$0] == .at }.compactMap { at in
            var start = at
            while start > span.start, isLocal(units[start - 1]) { start -= 1 }
            var end = at + 1
            while end < span.end, isDomain(units[end]) { end += 1 }
            let address = span.between(start, end).trimmed(".-")
            let parts = address.text.split(separator: "@", omittingEmptySubsequences: false)
            guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."),
                let top = parts[1].split(separator: ".").last,
                top.count > 1, top.allSatisfy(\.isLetter), !parts[1].contains("..")
            else { return nil }
            return address
        }
    }

    private static func isLocal(_ unit: UInt16) -> Bool {
        isDomain(unit) || unit == UInt16(UInt8(ascii: "_")) || unit == UInt16(UInt8(ascii: "+"))
            || unit == UInt16(UInt8(ascii: "%"))
    }
    private static func isDomain(_ unit: UInt16) -> Bool {
        unit.isDigit || unit.isLetter || unit == .dot || unit == .hyphen
    }

    // MARK: Place

    func location() -> Value? {
        for line in near {
            if let labelled = labelled(line.content, Self.placeLabels) { return whole(labelled, confidence: 0.9) }
        }
        for line in near {
            for piece in pieces(of: line.content) where Places.isPlace(piece) || isAddress(piece) {
                return whole(piece, confidence: 0.8)
            }
        }
        return nil
    }

    /// A place that ends with a comma goes on in the next line.
    private func whole(_ place: Span, confidence: Double) -> Value {
        let next = near.first { (1...2).contains($0.content.start - place.end) }
        guard place.units.last == .comma, let next else { return Value(place.trimmed(","), confidence: confidence) }
        return Value(place.through(pieces(of: next.content).first ?? next.content), confidence: confidence)
    }

    private func isAddress(_ piece: Span) -> Bool {
        let words = piece.words
        guard words.count <= 12, !piece.contains(.at), !words.contains(where: Self.webWords.contains) else {
            return false
        }
        return words.contains { word in
            Self.streets.contains(word) || Self.streetEndings.contains { word.count > $0.count && word.hasSuffix($0) }
        }
            && piece.units.contains(where: \.isDigit) || Places.mentionsPlace(piece) && piece.contains(.comma)
    }

    private func pieces(of line: Span) -> [Span] {
        let separators = Array("|•·●▪\t".utf16)
        return line.split { separators.contains($0) }
    }

    /// What follows one of these labels in a line.
    private func labelled(_ line: Span, _ labels: Set<String>) -> Span? {
        for piece in pieces(of: line) {
            guard let colon = piece.units.firstIndex(of: .colon) else { continue }
            let label = piece.between(piece.start, colon).words.joined(separator: " ")
            let rest = piece.between(colon + 1, piece.end).trimmed()
            if labels.contains(label), !rest.isEmpty { return rest }
        }
        return nil
    }

    private static let placeLabels: Set = [
        "address", "location", "residence", "city", "based in", "home", "adresse", "anschrift", "wohnort", "ort",
        "wohnhaft in", "direccion", "domicilio",
        "ubicacion", "ciudad", "residencia", "localidad",
    ]
    private static let streets: Set = [
        "street", "st", "road", "rd", "avenue", "ave", "av", "lane", "drive", "boulevard", "blvd", "court", "way",
        "square", "terrace", "apt", "calle", "c",
        "avenida", "paseo", "plaza", "carrera", "platz", "weg", "view", "close", "am", "gasse", "camino", "ronda",
    ]
    private static let streetEndings = ["strasse", "str", "weg", "platz", "allee", "gasse", "ring", "damm", "ufer"]
    private static let webWords: Set = ["http", "https", "www", "linkedin", "github", "com"]
}

extension UInt16 {
    static let at = UInt16(UInt8(ascii: "@"))
}
