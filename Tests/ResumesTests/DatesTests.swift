import Testing

@testable import Resumes

@Suite struct DatesTests {
    @Test(arguments: [
        ("Jan 2019 – Present", "2019-01", "present"), ("January 2019 to March 2020", "2019-01", "2020-03"),
        ("03/2018-06/2020", "2018-03", "2020-06"), ("03.2018 – 06.2020", "2018-03", "2020-06"),
        ("2015–2017", "2015", "2017"),
        ("2015-17", "2015", "2017"), ("2015/16", "2015", "2016"), ("seit 2020", "2020", "present"),
        ("since May 2020", "2020-05", "present"),
        ("desde 03/2019", "2019-03", "present"), ("Summer 2014", "2014-06", "2014-08"),
        ("Herbst 2014", "2014-09", "2014-11"),
        ("verano de 2014", "2014-06", "2014-08"), ("2019-03 – 2020-06", "2019-03", "2020-06"),
        ("2019/03 to 2020/06", "2019-03", "2020-06"),
        ("01.03.2018 – 30.06.2020", "2018-03", "2020-06"), ("12/31/2018 - 01/15/2020", "2018-12", "2020-01"),
        ("Mar '15 – Jun '17", "2015-03", "2017-06"),
        ("'98-'01", "1998", "2001"), ("03/18 - 06/20", "2018-03", "2020-06"), ("Jan – Mar 2019", "2019-01", "2019-03"),
        ("Nov – Feb 2019", "2018-11", "2019-02"), ("enero de 2018 – actualidad", "2018-01", "present"),
        ("März 2018 bis heute", "2018-03", "present"),
        ("feb. 2016 a la fecha", "2016-02", "present"), ("11/2021 -", "2021-11", "present"),
        ("1 March 2019 – April 2, 2020", "2019-03", "2020-04"),
        ("JUNE 2012 - now", "2012-06", "present"), ("Q3 2019", "2019-07", "2019-09"),
        ("Sept 2018 to date", "2018-09", "present"),
        ("June, 2018 — July, 2019", "2018-06", "2019-07"), ("2010-12 – 2012-03", "2010-12", "2012-03"),
    ])
    func spans(text: String, start: String, end: String) throws {
        let found = DateFinder.spans(in: Span(text), today: Samples.today)
        let span = try #require(found.first)
        #expect(found.count == 1 && span.isSpan)
        #expect(span.start?.text == start)
        #expect(span.end?.text == end)
        #expect(span.ranges == [0..<text.utf16.count])
    }

    @Test(arguments: [("2014", "2014"), ("06/2014", "2014-06"), ("May 2014", "2014-05"), ("2014-05-01", "2014-05")])
    func datesAlone(text: String, start: String) throws {
        let span = try #require(DateFinder.spans(in: Span(text), today: Samples.today).first)
        #expect(!span.isSpan && span.start?.text == start && span.end?.text == start)
    }

    @Test(arguments: [
        "+44 7700 900123", "24/7 support", "50/50", "1,200 customers", "Version 3.2", "10115 Berlin", "GPA 3.7/4.0",
        "2150", "We may march on", "03/18",
        "2020 – 2015",
    ])
    func noSpans(text: String) {
        #expect(DateFinder.spans(in: Span(text), today: Samples.today).count { $0.isSpan } == 0)
    }

    @Test func untilHasNoBeginning() throws {
        let span = try #require(DateFinder.spans(in: Span("bis 06/2019"), today: Samples.today).first)
        #expect(span.start == nil && span.end == .date(PartialDate(2019, 6)))
    }
}

@Suite struct TenureTests {
    private func years(_ texts: String...) -> Double? {
        Tenure.years(of: texts.flatMap { DateFinder.spans(in: Span($0), today: Samples.today) }, today: Samples.today)
    }

    @Test func overlapsCountOnce() {
        #expect(years("01/2018 – 12/2019", "07/2018 – 12/2020") == 3)
        #expect(years("01/2018 – 12/2020", "03/2018 – 04/2018") == 3)
    }

    @Test func gapsDoNotCount() { #expect(years("01/2015 – 12/2015", "01/2019 – 06/2019") == 1.5) }

    @Test func presentRunsToToday() { #expect(years("12/2025 – present") == 1) }

    @Test func yearsStandForTheirMiddle() {
        #expect(years("2015 – 2017") == 2)
        #expect(years("2015") == 0.5)
    }

    @Test func theFutureDoesNotCount() { #expect(years("01/2026 – 12/2027") == 0.9) }

    @Test func nothingIsNotZero() { #expect(years() == nil) }
}
