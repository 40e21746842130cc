@testable import Mail
import FoundationEssentials
import Testing

@Suite struct CalendarEntryTests {
    private let date = Date(timeIntervalSince1970: 1_795_251_907)

    private func text(summary: String = "Interview", details: String = "", name: String? = "Ada", method: CalendarEntry.Method = .request) throws -> String {
        try CalendarEntry(
            method: method, id: "1@parley", sequence: 2, start: date, end: date + 2700, summary: summary, details: details,
            location: nil, link: nil
        ).text(organizer: Mailbox("parley@example.org"), attendee: Mailbox("ada@example.org", name: name), written: date)
    }

    @Test func writesWholeEntries() throws {
        let expected = [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Parley//Interviews//EN", "CALSCALE:GREGORIAN", "METHOD:CANCEL", "BEGIN:VEVENT",
            "UID:1@parley", "SEQUENCE:2", "DTSTAMP:20261121T090507Z", "DTSTART:20261121T090507Z", "DTEND:20261121T095007Z",
            "SUMMARY:Interview", "DESCRIPTION:", "ORGANIZER:mailto:parley@example.org",
            "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE;CN=\"Ada\":mai", " lto:ada@example.org", "STATUS:CANCELLED",
            "TRANSP:OPAQUE", "END:VEVENT", "END:VCALENDAR", "",
        ]
        #expect(try text(method: .cancel) == expected.joined(separator: "\r\n"))
    }

    @Test func escapesText() throws {
        #expect(CalendarEntry.escaped("a\\b;c,d\ne\r\nf\u{7}g:h\"i") == "a\\\\b\\;c\\,d\\ne\\nf g:h\"i")
        #expect(CalendarEntry.parameter("Ada \"the ^\" O'Hara; x:y") == "Ada ^'the ^^^' O'Hara; x:y")
    }

    @Test(arguments: ["x\r\nATTENDEE:mailto:evil@example.org", "x\nEND:VEVENT", "x\u{2028}END:VEVENT"])
    func nothingAddsALine(attack: String) throws {
        let lines = try text(summary: attack, details: attack).split(separator: "\r\n")
        #expect(lines.filter { $0.hasPrefix("ATTENDEE") }.count == 1 && lines.filter { $0 == "END:VEVENT" }.count == 1)
    }

    /// 75 bytes a line, without a character broken, and the same once unfolded.
    @Test(arguments: [74, 75, 76, 150, 151])
    func foldsLines(length: Int) {
        for character in ["a", "é", "€", "👩🏽‍💻"] {
            let line = String(repeating: character, count: length)
            let folded = CalendarEntry.folded(line)
            #expect(folded.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
            // By scalars: a fold may stand within what a reader sees as one character.
            let unfolded = String(String.UnicodeScalarView(folded.unicodeScalars.split(separator: "\r\n ".unicodeScalars).joined()))
            #expect(unfolded == line + "\r\n")
        }
    }

    @Test func travelsAsAnAttachment() throws {
        let meeting = LiveAppointment.Meeting(
            id: "1", sequence: 0, candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", interviewers: ["Ada"], start: date,
            end: date + 2700, localStart: "Saturday, 21 November 2026, 10:05", timeZone: "Europe/Berlin", place: nil,
            meetingURL: "https://meet.example/room", note: nil)
        let message = try LiveAppointment(.scheduled, of: meeting, to: "Zoë", interviewURL: nil, contactEmail: "r@example.org").message(
            from: Mailbox("parley@example.org"), to: Mailbox("zoe@example.org"), messageID: "1@parley.example", date: date)
        #expect(message.subject == "Your interview for Nurse at Care & Co")
        let written = String(decoding: message.bytes, as: UTF8.self)
        #expect(written.contains("Content-Type: multipart/mixed; boundary=\"=_parley-mixed\"\r\n\r\n--=_parley-mixed\r\nContent-Type: multipart/alternative"))
        #expect(written.contains("Content-Disposition: attachment; filename=\"interview.ics\""))
        #expect(written.hasSuffix("\r\n--=_parley-mixed--\r\n"))
        #expect(written.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 76 })
    }
}
