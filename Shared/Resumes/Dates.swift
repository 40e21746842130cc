/// A year, or a month of a year: as exact as the text is.
struct PartialDate: Equatable {
    let year: Int
    let month: Int?

    init(_ year: Int, _ month: Int? = nil) {
        self.year = year
        self.month = month
    }

    /// `2019` or `2019-03`.
    var text: String { month.map { "\(year)-\($0 < 10 ? "0" : "")\($0)" } ?? "\(year)" }
}

/// When something began and ended, and where that stands.
struct DateSpan: Equatable {
    let start: PartialDate?
    let end: End?
    /// Where it stands: two places where a narrow column breaks it.
    let ranges: [Range<Int>]
    /// Whether two ends are written, or "since" or "until"; false for a date that stands alone.
    let isSpan: Bool

    /// The same, standing elsewhere.
    func at(_ ranges: [Range<Int>]) -> DateSpan { DateSpan(start: start, end: end, ranges: ranges, isSpan: isSpan) }

    enum End: Equatable {
        case date(PartialDate)
        case present

        var text: String {
            switch self {
            case .date(let date): date.text
            case .present: "present"
            }
        }
    }
}

/// Finds dates in all the ways that resumes write them, in English, German and Spanish.
struct DateFinder {
    private let tokens: [Token]
    private let lastYear: Int

    /// Every date and span of a piece of text, in its order.
    /// - Parameter today: years more than eight after it are no dates.
    static func spans(in span: Span, today: Month) -> [DateSpan] {
        let finder = DateFinder(tokens: span.tokens, lastYear: today.year + 8)
        var found: [DateSpan] = []
        var index = 0
        while index < finder.tokens.count {
            if let (dates, next) = finder.span(at: index) {
                found.append(dates)
                index = next
            } else {
                index += 1
            }
        }
        return found
    }

    // MARK: Spans

    private func span(at first: Int) -> (DateSpan, Int)? {
        var index = first
        let isSince = word(first, in: DateWords.since)
        let isUntil = word(first, in: DateWords.until)
        if isSince || isUntil { index += 1 }
        if let short = shortened(at: index) { return made(short.0, .date(short.1), first, short.2) }
        guard let (start, season, next) = date(at: index, inSpan: false) ?? firstHalf(at: index) else { return nil }
        if isUntil { return made(nil, .date(start), first, next) }
        if let (end, after) = end(after: next) { return made(start, end, first, after) }
        if isSince { return made(start, .present, first, next) }
        if let season { return made(start, .date(season), first, next) }
        // A dash with nothing after it: still going on.
        if let dash = dash(at: next), dash == tokens.count { return made(start, .present, first, dash) }
        guard !isTwoDigit(index) else { return nil }
        return made(start, .date(start), first, next, isSpan: false)
    }

    private func made(_ start: PartialDate?, _ end: DateSpan.End, _ first: Int, _ next: Int, isSpan: Bool = true) -> (
        DateSpan, Int
    )? {
        if case .date(let end) = end, let start, start.year > end.year { return nil }
        let range = tokens[first].range.lowerBound..<tokens[next - 1].range.upperBound
        return (DateSpan(start: start, end: end, ranges: [range], isSpan: isSpan), next)
    }

    /// `– Present`, `to June 2020`, `bis heute`.
    private func end(after index: Int) -> (DateSpan.End, Int)? {
        guard let next = joint(at: index) else { return nil }
        if let after = present(at: next) { return (.present, after) }
        if let (date, season, after) = date(at: next, inSpan: true) { return (.date(season ?? date), after) }
        return nil
    }

    private func joint(at index: Int) -> Int? {
        if let next = dash(at: index) { return next }
        if word(index, in: DateWords.to) { return index + 1 }
        return nil
    }

    private func dash(at index: Int) -> Int? {
        guard index < tokens.count, tokens[index].folded == "-" || tokens[index].folded == "~" else { return nil }
        return index + 1 < tokens.count && tokens[index + 1].folded == "-" ? index + 2 : index + 1
    }

    /// "present", "to date" and what is said in their place; also with an article before it.
    private func present(at index: Int) -> Int? {
        let skipped = word(index, in: ["the", "la", "el", "zum"]) ? index + 1 : index
        return word(skipped, in: DateWords.present) ? skipped + 1 : nil
    }

    /// `2015-17`, `2015/16`: two years that share their century.
    private func shortened(at index: Int) -> (PartialDate, PartialDate, Int)? {
        guard index + 2 < tokens.count, let year = year(at: index), isJoined(index, index + 1),
            isJoined(index + 1, index + 2),
            ["-", "/"].contains(tokens[index + 1].folded), tokens[index + 2].digits == 2,
            let two = tokens[index + 2].number
        else { return nil }
        let end = year / 100 * 100 + two
        // `2015-07` may be a month: then another date or a day follows it, or it is part of a span.
        guard end > year, two > 12 || (end - year <= 8 && joint(at: index + 3) == nil && !isSecondHalf(index)) else {
            return nil
        }
        return (PartialDate(year), PartialDate(end), index + 3)
    }

    private func isSecondHalf(_ index: Int) -> Bool {
        index > 0 && (tokens[index - 1].folded == "-" || word(index - 1, in: DateWords.to))
    }

    /// `Jan – Mar 2019`: a month whose year stands only after the second.
    private func firstHalf(at index: Int) -> (PartialDate, PartialDate?, Int)? {
        guard let (month, next) = monthName(at: index), let after = joint(at: next),
            let (second, _, _) = date(at: after, inSpan: true), let last = second.month
        else { return nil }
        return (PartialDate(month <= last ? second.year : second.year - 1, month), nil, next)
    }

    // MARK: Dates

    /// A date, the last month of a season, and the token after it.
    private func date(at index: Int, inSpan: Bool) -> (PartialDate, PartialDate?, Int)? {
        guard index < tokens.count else { return nil }
        if let (first, last, next) = season(at: index) { return (first, last, next) }
        if let (date, next) = named(at: index) ?? numeric(at: index, inSpan: inSpan) { return (date, nil, next) }
        return nil
    }

    /// `Summer 2014`, `Q3 2014`: their first and last month.
    private func season(at index: Int) -> (PartialDate, PartialDate?, Int)? {
        let token = tokens[index]
        if token.folded == "q", index + 2 < tokens.count, let quarter = tokens[index + 1].number,
            (1...4).contains(quarter),
            let year = year(at: index + 2)
        {
            return (PartialDate(year, quarter * 3 - 2), PartialDate(year, quarter * 3), index + 3)
        }
        guard let season = DateWords.seasons[token.folded] else { return nil }
        let at = word(index + 1, in: ["of", "de", "del"]) ? index + 2 : index + 1
        guard let year = year(at: at) else { return nil }
        // A winter is of two years: only its year is sure.
        guard season > 0 else { return (PartialDate(year), nil, at + 1) }
        return (PartialDate(year, season), PartialDate(year, season + 2), at + 1)
    }

    /// `March 2019`, `Mar. '19`, `1 March 2019`, `March 1, 2019`, `marzo de 2019`.
    private func named(at index: Int) -> (PartialDate, Int)? {
        var index = index
        if let day = tokens[index].number, day <= 31, tokens[index].digits <= 2 {
            index += 1
            if punctuation(index, ".") || word(index, in: ["de", "st", "nd", "rd", "th"]) { index += 1 }
        }
        guard let (month, next) = monthName(at: index) else { return nil }
        index = next
        if let day = token(index)?.number, day <= 31, tokens[index].digits <= 2, !punctuation(index - 1, "'"),
            year(at: punctuation(index + 1, ",") ? index + 2 : index + 1) != nil
        {
            index += punctuation(index + 1, ",") ? 2 : 1
        }
        if punctuation(index, ",") || punctuation(index, "/") || word(index, in: ["de", "del", "of"]) { index += 1 }
        if let year = year(at: index) { return (PartialDate(year, month), index + 1) }
        if let year = twoDigitYear(at: index) { return (PartialDate(year, month), index + 2) }
        return nil
    }

    private func monthName(at index: Int) -> (Int, Int)? {
        guard let token = token(index), let month = DateWords.months[token.folded] else { return nil }
        return (month, punctuation(index + 1, ".") ? index + 2 : index + 1)
    }

    /// `2019`, `03/2019`, `3.2019`, `2019-03`, `2019/03/01`, `01.03.2019`, `'19`; `03/19` inside a span.
    private func numeric(at index: Int, inSpan: Bool) -> (PartialDate, Int)? {
        if let year = twoDigitYear(at: index) { return (PartialDate(year), index + 2) }
        if let year = year(at: index) {
            guard let month = joinedNumber(after: index, separators: ["-", "/", "."], digits: 2),
                (1...12).contains(month)
            else { return (PartialDate(year), index + 1) }
            let hasDay = joinedNumber(after: index + 2, separators: ["-", "/", "."], digits: 2) != nil
            return (PartialDate(year, month), index + (hasDay ? 5 : 3))
        }
        guard let first = tokens[index].number, tokens[index].digits <= 2, !follows(index, ["/", "."]) else {
            return nil
        }
        let separators = ["/", ".", "-"]
        if let year = joinedYear(after: index, separators), (1...12).contains(first) {
            return (PartialDate(year, first), index + 3)
        }
        if let second = joinedNumber(after: index, separators: separators, digits: nil),
            let year = joinedYear(after: index + 2, separators)
        {
            // Day first, unless the second number can only be a day.
            let month = second <= 12 ? second : first
            return (1...12).contains(month) ? (PartialDate(year, month), index + 5) : nil
        }
        if let two = joinedNumber(after: index, separators: ["/", "."], digits: 2), (1...12).contains(first),
            tokens[index].digits == 2,
            inSpan || joint(at: index + 3) != nil
        {
            return (PartialDate(century(two), first), index + 3)
        }
        return nil
    }

    // MARK: Pieces

    private func token(_ index: Int) -> Token? { tokens.indices.contains(index) ? tokens[index] : nil }
    private func punctuation(_ index: Int, _ text: String) -> Bool { token(index)?.folded == text }
    private func word(_ index: Int, in words: Set<String>) -> Bool {
        token(index).map { words.contains($0.folded) } ?? false
    }
    private func isJoined(_ left: Int, _ right: Int) -> Bool {
        tokens[left].range.upperBound == tokens[right].range.lowerBound
    }

    private func year(at index: Int) -> Int? {
        guard let token = token(index), token.digits == 4, let year = token.number, (1950...lastYear).contains(year)
        else { return nil }
        return year
    }

    /// `'19`.
    private func twoDigitYear(at index: Int) -> Int? {
        guard punctuation(index, "'"), let token = token(index + 1), token.digits == 2, let two = token.number,
            isJoined(index, index + 1)
        else { return nil }
        return century(two)
    }

    private func century(_ two: Int) -> Int { two <= lastYear % 100 ? 2000 + two : 1900 + two }

    /// Whether it is written without a century and a name: then it is a date only as part of a span.
    private func isTwoDigit(_ index: Int) -> Bool {
        tokens[index].digits == 2 && joinedNumber(after: index, separators: ["/", "."], digits: 2) != nil
            && joinedYear(after: index + 2, ["/", "."]) == nil
    }

    private func joinedNumber(after index: Int, separators: [String], digits: Int?) -> Int? {
        guard index + 2 < tokens.count, separators.contains(tokens[index + 1].folded), isJoined(index, index + 1),
            isJoined(index + 1, index + 2),
            digits.map({ tokens[index + 2].digits == $0 }) ?? (1...2).contains(tokens[index + 2].digits)
        else { return nil }
        return tokens[index + 2].number
    }

    private func joinedYear(after index: Int, _ separators: [String]) -> Int? {
        guard index + 2 < tokens.count, separators.contains(tokens[index + 1].folded), isJoined(index, index + 1),
            isJoined(index + 1, index + 2)
        else { return nil }
        return year(at: index + 2)
    }

    private func follows(_ index: Int, _ separators: [String]) -> Bool {
        index > 0 && separators.contains(tokens[index - 1].folded) && isJoined(index - 1, index)
    }
}
