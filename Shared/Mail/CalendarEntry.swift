public import FoundationEssentials

/// An appointment as a calendar takes it in from a mail: an iCalendar object (RFC 5545) with an
/// iTIP method (RFC 5546).
public struct CalendarEntry: Sendable {
    public enum Method: String, Sendable {
        /// Puts it into the calendar, or changes what is there under the same id.
        case request = "REQUEST"
        /// Takes it out.
        case cancel = "CANCEL"
    }

    public let method: Method
    /// The same for all that is ever told of one appointment.
    public let id: String
    /// One more with each change that is told of.
    public let sequence: Int
    public let start: Date
    public let end: Date
    public let summary: String
    public let details: String
    public let location: String?
    public let link: String?

    public init(
        method: Method, id: String, sequence: Int, start: Date, end: Date, summary: String, details: String, location: String?,
        link: String?
    ) {
        self.method = method
        self.id = id
        self.sequence = sequence
        self.start = start
        self.end = end
        self.summary = summary
        self.details = details
        self.location = location
        self.link = link
    }

    /// The object in lines that end in CR LF. Times are in UTC, which every calendar shows in its own zone.
    ///
    /// - Parameters:
    ///   - organizer: who invites. No answer is asked for: answers would reach a mailbox that nobody reads.
    ///   - attendee: the only one who is named, so that people do not learn each other's addresses.
    func text(organizer: Mailbox, attendee: Mailbox, written: Date) -> String {
        let lines: [String?] = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//Interviews//EN", "CALSCALE:GREGORIAN",
            "METHOD:\(method.rawValue)", "BEGIN:VEVENT", "UID:\(Self.escaped(id))", "SEQUENCE:\(sequence)",
            "DTSTAMP:\(MailDate.calendar(written))", "DTSTART:\(MailDate.calendar(start))", "DTEND:\(MailDate.calendar(end))",
            "SUMMARY:\(Self.escaped(summary))", "DESCRIPTION:\(Self.escaped(details))",
            location.map { "LOCATION:\(Self.escaped($0))" }, link.map { "URL:\($0)" },
            "ORGANIZER\(Self.person(organizer))",
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE\(Self.person(attendee))",
            "STATUS:\(method == .cancel ? "CANCELLED" : "CONFIRMED")", "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR",
        ]
        return lines.compactMap { $0 }.map(Self.folded).joined()
    }

    /// `;CN="…":mailto:…`
    private static func person(_ mailbox: Mailbox) -> String {
        let name = mailbox.name.map { ";CN=\"\(parameter($0))\"" } ?? ""
        return "\(name):mailto:\(mailbox.address)"
    }

    /// Text as a value: RFC 5545 section 3.3.11. Control characters have no place in one.
    static func escaped(_ text: String) -> String {
        var value = ""
        for character in text {
            switch character {
            case "\\", ";", ",": value += "\\\(character)"
            case "\n", "\r\n", "\r": value += "\\n"
            case _ where character.unicodeScalars.allSatisfy({ $0.properties.generalCategory == .control }): value += " "
            default: value.append(character)
            }
        }
        return value
    }

    /// Text between the quotes of a parameter: RFC 6868.
    static func parameter(_ text: String) -> String {
        var value = ""
        for character in text {
            switch character {
            case "\"": value += "^'"
            case "^": value += "^^"
            case _ where hasControlCharacter(String(character)): value += " "
            default: value.append(character)
            }
        }
        return value
    }

    /// A line in pieces of at most 75 bytes without breaking a character, each but the first after a
    /// space: RFC 5545 section 3.1.
    static func folded(_ line: String) -> String {
        var output = "", length = 0
        for scalar in line.unicodeScalars {
            let width = String(scalar).utf8.count
            if length + width > 75 {
                output += "\r\n "
                length = 1
            }
            output.unicodeScalars.append(scalar)
            length += width
        }
        return output + "\r\n"
    }
}
