/// The words that dates are written with, folded.
enum DateWords {
    static let months: [String: Int] = {
        let names = [
            "january jan januar janner enero ene", "february feb februar feber febrero",
            "march mar marz mrz maerz marzo",
            "april apr abril abr", "may mai mayo", "june jun juni junio", "july jul juli julio",
            "august aug agosto ago",
            "september sep sept septiembre setiembre set", "october oct oktober okt octubre", "november nov noviembre",
            "december dec dezember dez diciembre dic",
        ]
        return names.enumerated().reduce(into: [:]) { months, entry in
            for name in entry.element.split(separator: " ") { months[String(name)] = entry.offset + 1 }
        }
    }()

    /// The first month of a season in the northern year; 0 for winter.
    static let seasons: [String: Int] = [
        "spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 0, "fruhjahr": 3, "fruhling": 3, "sommer": 6,
        "herbst": 9,
        "primavera": 3, "verano": 6, "otono": 9, "invierno": 0,
    ]
    static let since: Set = ["since", "from", "seit", "ab", "desde", "von", "vom"]
    static let until: Set = ["until", "till", "bis", "hasta"]
    static let to: Set = ["to", "until", "till", "through", "thru", "bis", "a", "al", "hasta"]
    static let present: Set = [
        "present", "current", "currently", "now", "today", "ongoing", "date", "heute", "jetzt", "aktuell", "dato",
        "gegenwart", "laufend",
        "andauernd", "actualidad", "presente", "actual", "actualmente", "hoy", "fecha", "momento",
    ]
    /// Units of a length of time, such as "(2 years 3 months)" after a span.
    static let lengths: Set = [
        "year", "years", "yr", "yrs", "month", "months", "mo", "mos", "jahr", "jahre", "jahren", "monat", "monate",
        "monaten", "ano", "anos",
        "mes", "meses",
    ]
}
