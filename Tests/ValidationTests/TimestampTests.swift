import Testing
import Validation

@Suite struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", 0), ("2026-11-21T09:00:00.000Z", 1_795_251_600_000_000),
        ("2026-11-21t09:00:00z", 1_795_251_600_000_000),
        ("2026-11-21T10:00:00+01:00", 1_795_251_600_000_000), ("2026-11-21T03:30:00-0530", 1_795_251_600_000_000),
        ("2026-11-21 09:00:00+00", 1_795_251_600_000_000), ("2026-11-21 09:00:00.123456+00", 1_795_251_600_123_456),
        ("2026-11-21T09:00:00.1Z", 1_795_251_600_100_000), ("2026-11-21T09:00:00.1234569Z", 1_795_251_600_123_456),
        ("1969-12-31T23:59:59.999999Z", -1), ("1900-01-01T00:00:00Z", -2_208_988_800_000_000),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000), ("2024-02-29T23:59:59Z", 1_709_251_199_000_000),
        ("2024-03-01T00:00:00Z", 1_709_251_200_000_000), ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
    ])
    func reads(text: String, microseconds: Int) { #expect(Timestamp(text)?.microseconds == microseconds) }

    /// The first is RFC 9110's own example.
    @Test(arguments: [
        ("1994-11-06T08:49:37Z", "Sun, 06 Nov 1994 08:49:37 GMT"), ("1970-01-01T00:00:00.999Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("2026-11-21T23:59:59Z", "Sat, 21 Nov 2026 23:59:59 GMT"), ("1969-12-31T23:59:59Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
    ])
    func writesDatesForHTTP(text: String, date: String) throws {
        let time = try #require(Timestamp(text))
        #expect(time.httpDate == date)
        #expect(Timestamp(httpDate: date)?.seconds == time.seconds)
    }

    @Test(arguments: [
        "", "2026-11-21", "2026-11-21T09:00Z", "2026-11-21T09:00:00", "2026-11-21T09:00:00.Z", "2026-11-21T24:00:00Z",
        "2026-11-21T09:60:00Z",
        "2026-11-21T09:00:60Z", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-04-31T00:00:00Z",
        "2023-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "26-11-21T09:00:00Z",
        "02026-11-21T09:00:00Z",
        "2026-11-21T09:00:00Z ", " 2026-11-21T09:00:00Z", "2026-11-21T09:00:00+1", "2026-11-21T09:00:00+01:",
        "2026-11-21T09:00:00+01:6",
        "2026-11-21T09:00:00+24:00", "2026-11-21T09:00:00+01:60", "2026-11-21T09:00:00 UTC", "infinity",
        "0044-03-15 00:00:00+00 BC",
        "２０２６-11-21T09:00:00Z",
    ])
    func refuses(text: String) { #expect(Timestamp(text) == nil) }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"),
        (1_795_251_600_123_999, "2026-11-21T09:00:00.123Z"),
        (-62_135_596_800_000_000, "0001-01-01T00:00:00.000Z"), (951_782_400_000_000, "2000-02-29T00:00:00.000Z"),
        (253_402_300_799_999_999, "9999-12-31T23:59:59.999Z"),
    ])
    func writes(microseconds: Int, text: String) { #expect(Timestamp(microseconds: microseconds).description == text) }

    @Test(arguments: Array(stride(from: -719_162, to: 2_932_896, by: 9973)))
    func everyDayComesBackAsItWas(day: Int) {
        let time = Timestamp(microseconds: day * 86_400_000_000 + 86_399_999_000)
        #expect(Timestamp(time.description) == time)
    }

    @Test(arguments: [
        (0, 0), (999_999, 0), (-1, -1), (-1_000_000, -1), (-1_000_001, -2), (253_402_300_799_999_999, 253_402_300_799),
    ])
    func secondsAreRoundedDown(microseconds: Int, seconds: Int) {
        #expect(Timestamp(microseconds: microseconds).seconds == seconds)
    }

    @Test func timesCompareAndAdd() {
        let time = Timestamp(microseconds: 5)
        #expect(time < time.adding(seconds: 1))
        #expect(time.adding(seconds: -1).microseconds == -999_995)
    }
}

@Suite struct IdentifierTests {
    @Test func newOnesAreOfVersionSeven() throws {
        for _ in 0..<1000 {
            let text = Array(Identifier.new(at: Timestamp(microseconds: 1_795_251_600_123_456)).description)
            #expect(String(text[0..<14]) == "01a1fd55-7afb-")
            #expect(text[14] == "7")
            #expect("89ab".contains(text[19]))
        }
    }

    @Test func newOnesSortByTheirTime() {
        let times = [0, 1, 999, 1_795_251_600_000, 1_795_251_600_001, 253_402_300_799_999].map {
            Timestamp(microseconds: $0 * 1000)
        }
        let texts = times.map { Identifier.new(at: $0).description }
        #expect(texts == texts.sorted())
    }

    @Test func newOnesDiffer() { #expect(Set((0..<10_000).map { _ in Identifier.new() }).count == 10_000) }

    @Test func capitalsAreTheSameId() {
        #expect(
            Identifier("01920ABC-DEF0-7000-8000-00000000000A")?.description == "01920abc-def0-7000-8000-00000000000a")
        #expect(
            Identifier("01920ABC-DEF0-7000-8000-00000000000A") == Identifier("01920abc-def0-7000-8000-00000000000a"))
    }

    @Test(arguments: [
        "", "01920000", "01920000-0000-7000-8000-00000000000", "01920000-0000-7000-8000-0000000000010",
        "01920000-0000-7000-8000-00000000000g",
        "01920000000070008000000000000001", "{01920000-0000-7000-8000-000000000001}",
        "01920000-0000-7000-8000-000000000001 ",
        "0192000-00000-7000-8000-000000000001", "01920000-0000-7000-8000-00000000000１",
        "01920000-0000-7000-8000-000000000001-",
    ])
    func refuses(text: String) { #expect(Identifier(text) == nil) }
}
