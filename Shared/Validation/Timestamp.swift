public import JSON
import POSIX

/// A moment in time, to the microsecond, as PostgreSQL's `timestamptz` keeps it.
///
/// Read from RFC 3339 (and PostgreSQL's own output form); written in UTC with milliseconds,
/// `2026-11-21T09:00:00.000Z`.
public struct Timestamp: Field, Hashable, Comparable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int

    public init(microseconds: Int) { self.microseconds = microseconds }

    /// The system clock's time.
    public static var now: Timestamp { Timestamp(microseconds: Process.wallClock) }

    /// Whole seconds since 1970, rounded down.
    public var seconds: Int { microseconds.flooredDivision(by: 1_000_000).quotient }

    public func adding(seconds: Int) -> Timestamp { Timestamp(microseconds: microseconds + seconds * 1_000_000) }

    public static func < (left: Self, right: Self) -> Bool { left.microseconds < right.microseconds }

    /// Nil unless the text is a date, a time and an offset: `2026-11-21T09:00:00Z`,
    /// `2026-11-21 09:00:00.123456+01`.
    public init?(_ text: String) {
        var scanner = Scanner(bytes: Array(text.utf8))
        guard let year = scanner.number(4), scanner.take("-"), let month = scanner.number(2), scanner.take("-"),
            let day = scanner.number(2), scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(2), scanner.take(":"), let minute = scanner.number(2), scanner.take(":"),
            let second = scanner.number(2),
            (1...12).contains(month), day >= 1, day <= Self.daysIn(month: month, year: year),
            hour < 24, minute < 60, second < 60
        else { return nil }
        guard let fraction = scanner.fraction(), let offset = scanner.offset(), scanner.isAtEnd else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset
        self.init(microseconds: seconds * 1_000_000 + fraction)
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(text) else { throw Refusal("must be a date and time such as \(Self.example)") }
        self = value
    }

    public func encode(to encoder: any Encoder) throws { try description.encode(to: encoder) }

    public static var example: Self { Self(microseconds: 1_795_251_600_000_000) }
    public static var schema: JSON { ["type": "string", "format": "date-time"] }
}

extension Timestamp: CustomStringConvertible {
    public var description: String {
        let milliseconds = microseconds.flooredDivision(by: 1000).quotient
        let (days, inDay) = milliseconds.flooredDivision(by: 86_400_000)
        let date = Self.date(days: days)
        // One buffer: a line of log and every answer hold times, and joining strings is slow.
        var text = Array(date.year.padded(4).utf8)
        func add(_ separator: Unicode.Scalar, _ number: Int, digits: Int = 2) {
            text.append(UInt8(ascii: separator))
            if digits == 3 { text.append(UInt8(ascii: "0") + UInt8(number / 100)) }
            text.append(UInt8(ascii: "0") + UInt8(number / 10 % 10))
            text.append(UInt8(ascii: "0") + UInt8(number % 10))
        }
        add("-", date.month)
        add("-", date.day)
        add("T", inDay / 3_600_000)
        add(":", inDay / 60_000 % 60)
        add(":", inDay / 1000 % 60)
        add(".", inDay % 1000, digits: 3)
        text.append(UInt8(ascii: "Z"))
        return String(decoding: text, as: UTF8.self)
    }

    private static let monthNames = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

    /// As HTTP's headers have it: `Sat, 21 Nov 2026 09:00:00 GMT`, in whole seconds.
    /// Source: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7
    public var httpDate: String {
        let (days, inDay) = seconds.flooredDivision(by: 86_400)
        let date = Self.date(days: days)
        // 1970 began on a Thursday.
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days.flooredDivision(by: 7).remainder]
        return "\(weekday), \(date.day.padded(2)) \(Self.monthNames[date.month - 1]) \(date.year.padded(4)) "
            + "\((inDay / 3600).padded(2)):\((inDay / 60 % 60).padded(2)):\((inDay % 60).padded(2)) GMT"
    }

    /// The reverse of ``httpDate``; nil for anything else.
    public init?(httpDate text: String) {
        let words = text.split(separator: " ")
        guard words.count == 6, let month = Self.monthNames.firstIndex(of: String(words[2])) else { return nil }
        let number = month + 1 < 10 ? "0\(month + 1)" : "\(month + 1)"
        self.init("\(words[3])-\(number)-\(words[1])T\(words[4])Z")
        guard httpDate == text else { return nil }
    }

    /// Days from 1970-01-01 to a day of the Gregorian calendar.
    /// Algorithm: https://howardhinnant.github.io/date_algorithms.html#days_from_civil
    static func days(year: Int, month: Int, day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let (era, yearOfEra) = shifted.flooredDivision(by: 400)
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The reverse of ``days(year:month:day:)``.
    static func date(days: Int) -> (year: Int, month: Int, day: Int) {
        let (era, dayOfEra) = (days + 719_468).flooredDivision(by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return (era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    private static func daysIn(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A moment that has not come yet.
public struct FutureDate: Wrapper {
    public let value: Timestamp

    public init(from decoder: any Decoder) throws {
        value = try Timestamp(from: decoder)
        guard value > .now else { throw Refusal("must be in the future") }
    }

    private init(unchecked value: Timestamp) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: Timestamp.example) }
    public static var schema: JSON {
        ["type": "string", "format": "date-time", "description": "A moment in the future."]
    }
}

private struct Scanner {
    let bytes: [UInt8]
    var position = 0
    var isAtEnd: Bool { position == bytes.count }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    mutating func number(_ digits: Int) -> Int? {
        guard position + digits <= bytes.count else { return nil }
        var value = 0
        for byte in bytes[position..<position + digits] {
            guard (48...57).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 48)
        }
        position += digits
        return value
    }

    /// Microseconds after the point; digits beyond the sixth are dropped. Nil for a point without digits.
    mutating func fraction() -> Int? {
        guard take(".") else { return 0 }
        var value = 0
        var digits = 0
        while let digit = number(1) {
            if digits < 6 { value = value * 10 + digit }
            digits += 1
        }
        guard digits > 0 else { return nil }
        for _ in min(digits, 6)..<6 { value *= 10 }
        return value
    }

    /// Seconds east of UTC; nil when there is no offset.
    mutating func offset() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign: Int
        if take("+") { sign = 1 } else if take("-") { sign = -1 } else { return nil }
        guard let hours = number(2), hours < 24 else { return nil }
        let minutes = take(":") || !isAtEnd ? number(2) : 0
        guard let minutes, minutes < 60 else { return nil }
        return sign * (hours * 3600 + minutes * 60)
    }
}

extension Int {
    fileprivate func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.count)) + digits
    }

    /// Quotient rounded down and remainder from 0 up.
    fileprivate func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
