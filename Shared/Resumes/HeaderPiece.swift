/// A part of the lines that say what a position is and where: a title, a company, a place or none of these.
struct HeaderPiece {
    let span: Span
    /// The line it stands on, counted from the line with the date: -1 is the line before.
    let line: Int
    /// Which piece of its line it is.
    let column: Int
    /// Whether only a comma parts it from the piece before it.
    let followsComma: Bool
    /// What a label before it says it is.
    let label: Label?
    let titleScore: Int
    let companyScore: Int
    let isPlace: Bool

    enum Label { case title, company, other }

    /// The pieces of a line without its dates.
    static func pieces(of line: Span, without dates: [Range<Int>], line number: Int) -> [HeaderPiece] {
        var pieces: [HeaderPiece] = []
        for part in strongParts(of: line, without: dates) {
            let (label, content) = labelled(part)
            let commaParts = label == nil ? commaParts(of: content) : [content]
            for (index, span) in commaParts.enumerated() where span.hasLetter && !isNoise(span) {
                pieces.append(
                    HeaderPiece(span, line: number, column: pieces.count, followsComma: index > 0, label: label))
            }
        }
        return pieces
    }

    private init(_ span: Span, line: Int, column: Int, followsComma: Bool, label: Label?) {
        self.span = span
        self.line = line
        self.column = column
        self.followsComma = followsComma
        self.label = label
        isPlace = label == nil && Places.isPlace(span)
        titleScore = isPlace ? 0 : TitleWords.score(span.words)
        companyScore = isPlace ? 0 : OrganizationWords.companyScore(span)
    }

    // MARK: Parting

    /// What bars, dots, tabs, spaced dashes, "at" and the dates themselves part.
    private static func strongParts(of line: Span, without dates: [Range<Int>]) -> [Span] {
        var cuts = dates
        let units = line.units
        for index in units.indices {
            let unit = units[index]
            let before = index > line.start ? units[index - 1] : 0x20
            let after = index + 1 < line.end ? units[index + 1] : 0x20
            let isSpaced = before.isSpace && after.isSpace
            if unit == .tab || Self.bars.contains(unit) || (unit.isDash || Self.spacedBars.contains(unit)) && isSpaced {
                cuts.append(index..<index + 1)
            }
            if unit.isSpace, after.isSpace, unit != .tab { cuts.append(index..<index + 2) }
        }
        cuts += joiningWords(line)
        cuts.sort { $0.lowerBound < $1.lowerBound }
        var parts: [Span] = []
        var from = line.start
        for cut in cuts where cut.upperBound > from {
            parts.append(line.between(from, cut.lowerBound))
            from = cut.upperBound
        }
        parts.append(line.between(from, line.end))
        return parts.map(tidied).filter { !$0.isEmpty }
    }

    private static let bars = Set("|•·●▪¦".utf16)
    private static let spacedBars = Set("/@*~".utf16)

    /// "at", "bei" and "en" between a title and a company; elsewhere they are part of a name.
    private static func joiningWords(_ line: Span) -> [Range<Int>] {
        let tokens = line.tokens
        for (index, token) in tokens.enumerated().dropFirst().dropLast()
        where ["at", "bei", "en", "@"].contains(token.folded) {
            let before = line.between(line.start, token.range.lowerBound)
            let next = line.units[tokens[index + 1].range.lowerBound]
            // "en" also joins words of a title: a company begins with a capital letter or a digit.
            let startsName = token.folded != "en" || !String(decoding: [next], as: UTF16.self).isLowercase
            if startsName, TitleWords.score(before.words.suffix(6)) > 0 { return [token.range] }
        }
        return []
    }

    /// Without brackets around it and marks at its ends.
    private static func tidied(_ span: Span) -> Span {
        var span = span.trimmed(",;:–—|·•")
        if span.units.first?.isDash == true || span.units.last?.isDash == true { span = span.trimmed("-–—") }
        let opens = span.units.count { $0 == .open }
        let closes = span.units.count { $0 == .close }
        if opens > closes || span.text == "()" { span = span.trimmed("(") }
        if closes > opens { span = span.trimmed(")") }
        if span.units.first == .open, span.units.last == .close, opens == 1 { span = span.trimmed("()") }
        return span.trimmed(",;:")
    }

    private static func commaParts(of span: Span) -> [Span] {
        let parts = span.splitOutsideBrackets(",")
        var joined: [Span] = []
        for part in parts {
            // "Robotics, Inc.": the legal form belongs to the name.
            if let last = joined.last, OrganizationWords.isLegalForm(part) {
                joined[joined.count - 1] = span.between(last.start, part.end)
            } else {
                joined.append(part)
            }
        }
        return joined
    }

    private static func labelled(_ span: Span) -> (Label?, Span) {
        guard let colon = span.units.firstIndex(of: .colon), colon - span.start <= 30 else { return (nil, span) }
        let words = span.between(span.start, colon).words.joined(separator: " ")
        guard let label = labels[words] else { return (nil, span) }
        return (label, span.between(colon + 1, span.end).trimmed())
    }

    private static let labels: [String: Label] = {
        let lists: [(Label, String)] = [
            (
                .title,
                "position, title, job title, role, occupation or position held, position held, designation, stelle, funktion, tatigkeit, beruf, puesto, cargo, ocupacion"
            ),
            (
                .company,
                "employer, company, organization, organisation, name of employer, client, arbeitgeber, firma, unternehmen, empresa, empleador, compania"
            ),
            (
                .other,
                """
                period, dates, date, from, duration, location, place, zeitraum, dauer, ort, periodo, fechas, fecha,
                duracion, lugar, ubicacion, sector, industry, branche,
                department, team, abteilung, departamento, reporting to, website
                """
            ),
        ]
        return lists.reduce(into: [:]) { labels, entry in
            for word in entry.1.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                labels[word.split(separator: " ").joined(separator: " ")] = entry.0
            }
        }
    }()

    /// Lengths of time and kinds of contract say nothing of title or company.
    private static func isNoise(_ span: Span) -> Bool {
        let words = span.words
        let kept = words.filter {
            !$0.allSatisfy(\.isNumber) && !DateWords.lengths.contains($0) && !contracts.contains($0)
        }
        return kept.isEmpty
    }

    private static let contracts: Set = [
        "full", "part", "time", "fulltime", "parttime", "permanent", "contract", "temporary", "freelance", "vollzeit",
        "teilzeit", "befristet",
        "unbefristet", "festanstellung", "jornada", "completa", "parcial", "media", "indefinido", "temporal", "and",
        "und", "y",
    ]
}

extension String {
    /// Whether it is letters of which some are lower case and none upper.
    var isLowercase: Bool { self == lowercased() && self != uppercased() }
}
