public import Validation

/// A month of the Gregorian calendar: resumes know no days.
public struct Month: Sendable, Hashable, Comparable {
    public let year: Int
    /// 1 to 12.
    public let month: Int

    public init(year: Int, month: Int) {
        self.year = year
        self.month = month
    }

    /// The month of a moment, in UTC.
    public init(of moment: Timestamp) {
        let parts = moment.description.split(separator: "-")
        self.init(year: Int(parts[0]) ?? 1970, month: Int(parts[1]) ?? 1)
    }

    /// Months since the year 0, so that months can be counted.
    var ordinal: Int { year * 12 + month - 1 }

    public static func < (left: Self, right: Self) -> Bool { left.ordinal < right.ordinal }
}
