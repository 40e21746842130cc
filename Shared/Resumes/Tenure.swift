/// Counts years of experience.
enum Tenure {
    /// The years in which at least one position was held, to one decimal; nil without a dated position.
    ///
    /// Months count from the first to the last, both included. A year without a month stands for its
    /// middle, so that 2015 to 2017 is two years; a year alone, or a span within one, is half a year.
    static func years(of spans: [DateSpan], today: Month) -> Double? {
        let months = spans.compactMap { interval($0, today) }.sorted { $0.lowerBound < $1.lowerBound }
        guard !months.isEmpty else { return nil }
        var total = 0
        var end = Int.min
        for span in months {
            total += max(0, span.upperBound - max(end, span.lowerBound))
            end = max(end, span.upperBound)
        }
        return (Double(total) / 12 * 10).rounded() / 10
    }

    /// Ordinals of months, the end excluded.
    private static func interval(_ span: DateSpan, _ today: Month) -> Range<Int>? {
        guard let first = span.start else { return nil }
        let start = first.month.map { Month(year: first.year, month: $0).ordinal } ?? first.year * 12 + 6
        let now = today.ordinal + 1
        switch span.end {
        case .present: return start < now ? start..<now : nil
        case .date(let last):
            if first.month == nil, last.month == nil, first.year == last.year { return start - 3..<start + 3 }
            let end = last.month.map { Month(year: last.year, month: $0).ordinal + 1 } ?? last.year * 12 + 6
            return start < min(end, now) ? start..<min(end, now) : nil
        case nil:
            return first.month == nil ? start - 3..<start + 3 : start..<start + 1
        }
    }
}
