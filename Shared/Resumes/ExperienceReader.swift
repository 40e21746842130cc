/// Reads positions: what stands around each span of dates, and what follows it.
struct ExperienceReader {
    private let lines: [TextLine]
    private let dates: [Int: [DateSpan]]
    private let anchors: [Int]

    static func positions(in lines: [TextLine], today: Month) -> [Position] {
        let reader = ExperienceReader(lines: lines, today: today)
        return reader.positions()
    }

    private init(lines: [TextLine], today: Month) {
        let lines = TextLine.withDatesMended(lines, today: today)
        self.lines = lines
        var dates: [Int: [DateSpan]] = [:]
        for (index, line) in lines.enumerated() {
            if let own = line.dates {
                dates[index] = [own]
                continue
            }
            let spans = DateFinder.spans(in: line.content, today: today)
            if Self.isAnchor(line, spans) { dates[index] = spans }
        }
        self.dates = dates
        anchors = dates.keys.sorted()
    }

    /// Whether a line's date says when a position was held; sentences mention dates too.
    private static func isAnchor(_ line: TextLine, _ spans: [DateSpan]) -> Bool {
        guard let first = spans.first else { return false }
        let rest =
            line.content.words.count
            - line.content.between(first.ranges[0].lowerBound, first.ranges[0].upperBound).words.count
        let isAtEdge =
            first.ranges[0].lowerBound - line.content.start <= 12
            || line.content.end - (spans.last?.ranges[0].upperBound ?? 0) <= 3
        if line.hasBullet { return first.isSpan && isAtEdge && rest <= 8 && line.content.units.last != .dot }
        return first.isSpan ? rest <= 16 : isAtEdge && rest <= 9 && line.content.units.last != .dot
    }

    // MARK: Positions

    private func positions() -> [Position] {
        let headers = headers()
        let slots = Slots(headers.map(\.pieces))
        let assigned = headers.map { slots.assign($0.pieces) }
        var positions: [Position] = []
        // The company that several positions stand under.
        var group: Value?
        for (order, header) in headers.enumerated() {
            let next = order + 1 < headers.count ? headers[order + 1].lines.lowerBound : lines.count
            let bullets = bullets(in: lines[header.lines.upperBound..<max(header.lines.upperBound, next)])
            var (title, company) = assigned[order]
            if title == nil, company != nil, bullets.isEmpty, order + 1 < headers.count,
                assigned[order + 1].company == nil
            {
                group = company
                continue
            }
            if company == nil { company = group ?? positions.last?.company } else { group = nil }
            guard title != nil || company != nil else { continue }
            positions.append(Position(title: title, company: company, dates: header.dates, bullets: bullets))
        }
        return positions
    }

    /// The lines around one span of dates.
    private struct Header {
        let lines: Range<Int>
        let dates: DateSpan
        let pieces: [HeaderPiece]
    }

    private func headers() -> [Header] {
        guard let first = anchors.first else { return [] }
        // What precedes the first date is all head: so the author puts this many lines before a date.
        let usual = min(first, 3)
        var headers: [Header] = []
        var free = 0
        for (order, anchor) in anchors.enumerated() where anchor >= free {
            let from = start(of: anchor, usual: usual, after: headers.last == nil ? 0 : free)
            let limit = order + 1 < anchors.count ? anchors[order + 1] : lines.count
            var pieces = (from...anchor).flatMap { self.pieces(at: $0, anchor: anchor) }
            var end = anchor + 1
            while end < limit, needsMore(pieces), isHead(end, pieces: pieces, next: limit, usual: usual) {
                pieces += self.pieces(at: end, anchor: anchor)
                end += 1
            }
            guard let span = dates[anchor]?.first(where: \.isSpan) ?? dates[anchor]?.first else { continue }
            headers.append(Header(lines: from..<end, dates: span, pieces: pieces))
            free = end
        }
        return headers
    }

    private func pieces(at index: Int, anchor: Int) -> [HeaderPiece] {
        HeaderPiece.pieces(
            of: lines[index].content, without: dates[index]?.flatMap(\.ranges) ?? [], line: index - anchor)
    }

    /// The first line of the head that a date belongs to.
    private func start(of anchor: Int, usual: Int, after free: Int) -> Int {
        var start = anchor
        while start > free, anchor - start < usual, canPrecede(start - 1) { start -= 1 }
        if start == anchor, start > free, canPrecede(start - 1), isCompanyOfRoles(start - 1, anchor: anchor) {
            start -= 1
        }
        return start
    }

    /// Whether a line names the company for the dated role under it, against the author's use.
    private func isCompanyOfRoles(_ index: Int, anchor: Int) -> Bool {
        let own = pieces(at: anchor, anchor: anchor).filter { !$0.isPlace }
        guard own.count == 1, own[0].titleScore > 0, own[0].label == nil else { return false }
        let above = HeaderPiece.pieces(of: lines[index].content, without: [], line: 0)
        guard let first = above.first, first.titleScore == 0 || first.companyScore > first.titleScore else {
            return false
        }
        return lines[index].startsBlock || first.companyScore > 0 || index > 0 && lines[index - 1].hasBullet
    }

    private func canPrecede(_ index: Int) -> Bool {
        let line = lines[index]
        guard !line.hasBullet, line.content.words.count <= 12 else { return false }
        let pieces = HeaderPiece.pieces(of: line.content, without: [], line: 0)
        let isNamed = pieces.contains { $0.titleScore > 0 || $0.companyScore > 0 || $0.label != nil || $0.isPlace }
        if line.content.units.last == .dot, !pieces.contains(where: { $0.companyScore == 3 }) { return false }
        return isNamed || Capitals.looksLikeName(line.content)
    }

    /// Whether a title or a company is still missing.
    private func needsMore(_ pieces: [HeaderPiece]) -> Bool {
        let kept = pieces.filter { !$0.isPlace && $0.label != .other }
        let hasTitle = kept.contains { $0.titleScore > 0 || $0.label == .title }
        let hasCompany = kept.contains { $0.companyScore > $0.titleScore || $0.label == .company }
        if hasTitle && hasCompany { return false }
        return kept.count(where: { !$0.followsComma }) < 2
    }

    /// Whether a line after the date still belongs to the head.
    private func isHead(_ index: Int, pieces: [HeaderPiece], next: Int, usual: Int) -> Bool {
        let line = lines[index]
        guard !line.hasBullet, line.content.words.count <= 10 else { return false }
        let found = HeaderPiece.pieces(of: line.content, without: [], line: 0)
        if found.contains(where: { $0.label != nil }) { return true }
        // It may be the first line of the next position's head instead.
        if line.startsBlock, next < lines.count, next - index <= max(usual, 1), !pieces.isEmpty { return false }
        let sure = found.contains { $0.titleScore > 1 || $0.companyScore > 1 }
        guard line.content.units.last != .dot || found.contains(where: { $0.companyScore == 3 }) else { return false }
        let hasNumber = line.content.split { $0.isSpace }.contains { $0.units.allSatisfy(\.isDigit) }
        return sure || Capitals.looksLikeName(line.content) && (!hasNumber || line.content.words.count <= 3)
    }

    // MARK: Bullets

    /// What was done in a position. A line without a mark goes on with the item before it where items
    /// have marks; where they have none, each line is an item unless the one before it is unfinished.
    private func bullets(in lines: ArraySlice<TextLine>) -> [Value] {
        let marked = lines.contains(where: \.hasBullet)
        var items: [[Span]] = []
        for line in lines {
            let startsItem =
                line.hasBullet || items.isEmpty
                || (marked ? line.startsBlock && !isUnfinished(items.last) : !continues(line, items.last))
            if startsItem { items.append([line.content]) } else { items[items.count - 1].append(line.content) }
        }
        return items.map { Value($0, confidence: marked ? 0.9 : 0.7) }
    }

    private func isUnfinished(_ item: [Span]?) -> Bool {
        guard let last = item?.last?.units.last else { return false }
        return last == .comma || last.isDash
    }

    private func continues(_ line: TextLine, _ item: [Span]?) -> Bool {
        let first = line.text.prefix(1)
        return isUnfinished(item) || String(first).isLowercase && !line.startsBlock
    }
}
