import FoundationEssentials

/// Dates in mail, always in UTC and in English.
enum MailDate {
    private static let days = [
        "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
    ]
    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ]

    /// For the header Date (RFC 5322 section 3.3): `Sat, 21 Nov 2026 09:05:00 +0000`.
    static func header(_ date: Date) -> String {
        let parts = Parts(date)
        return "\(days[parts.weekday].prefix(3)), \(parts.day) \(months[parts.month].prefix(3)) \(parts.year) "
            + "\(twoDigits(parts.hour)):\(twoDigits(parts.minute)):\(twoDigits(parts.second)) +0000"
    }

    /// For calendars (RFC 5545 section 3.3.5): `20261121T090500Z`.
    static func calendar(_ date: Date) -> String {
        let parts = Parts(date)
        return "\(parts.year)\(twoDigits(parts.month + 1))\(twoDigits(parts.day))"
            + "T\(twoDigits(parts.hour))\(twoDigits(parts.minute))\(twoDigits(parts.second))Z"
    }

    /// For people: `Saturday, 21 November 2026, 09:05 UTC`. Seconds are cut off, so
    /// that a deadline is never told later than it is.
    static func text(_ date: Date) -> String {
        let parts = Parts(date)
        return "\(days[parts.weekday]), \(parts.day) \(months[parts.month]) \(parts.year), "
            + "\(twoDigits(parts.hour)):\(twoDigits(parts.minute)) UTC"
    }

    /// Weekday and month count from 0.
    private struct Parts {
        let year, month, day, weekday, hour, minute, second: Int

        init(_ date: Date) {
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = .gmt
            let parts = calendar.dateComponents(
                [.year, .month, .day, .weekday, .hour, .minute, .second], from: date)
            (year, month, day) = (parts.year!, parts.month! - 1, parts.day!)
            (hour, minute, second) = (parts.hour!, parts.minute!, parts.second!)
            weekday = parts.weekday! - 1
        }
    }
}

private func twoDigits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
