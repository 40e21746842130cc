@testable import Mail
import FoundationEssentials
import Testing

@Suite struct MailMessageTests {
    /// 2026-11-21T09:05:07Z, a Saturday.
    private let date = Date(timeIntervalSince1970: 1_795_251_907)

    private func message(
        subject: String = "Hello", name: String? = nil, text: String = "Hello.", messageID: String = "1@parley.example"
    ) throws(MailError) -> MailMessage {
        try MailMessage(
            from: Mailbox("parley@example.org"), to: [Mailbox("someone@example.org", name: name)], subject: subject,
            text: text, html: "<p>\(text)</p>", messageID: messageID, date: date)
    }

    private func written(_ message: MailMessage) -> String { String(decoding: message.bytes, as: UTF8.self) }

    @Test func writesWholeMessages() throws {
        let expected = [
            "From: parley@example.org", "To: Ada <someone@example.org>", "Subject: Hello",
            "Date: Sat, 21 Nov 2026 09:05:07 +0000", "Message-ID: <1@parley.example>", "Auto-Submitted: auto-generated",
            "X-Auto-Response-Suppress: OOF, AutoReply", "MIME-Version: 1.0", "Content-Type: multipart/alternative; boundary=\"=_parley\"", "", "--=_parley",
            "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
            "1 + 1 =3D 2", "--=_parley", "Content-Type: text/html; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable", "", "<p>1 + 1 =3D 2</p>", "--=_parley--", "",
        ].joined(separator: "\r\n")
        #expect(written(try message(name: "Ada", text: "1 + 1 = 2")) == expected)
    }

    @Test func saysWhatItFollowsAndWhereToAskForNoMore() throws {
        let follower = try MailMessage(
            from: Mailbox("parley@example.org"), to: [Mailbox("someone@example.org")],
            unsubscribe: Mailbox("a+b%c?d&e@e.org"), follows: "1@parley.example", subject: "Again", text: "", html: "",
            messageID: "2@parley.example", date: date)
        let lines = written(follower).split(separator: "\r\n")
        for line in [
            "In-Reply-To: <1@parley.example>", "References: <1@parley.example>",
            "List-Unsubscribe: <mailto:a+b%25c%3Fd%26e@e.org?subject=unsubscribe>",
        ] {
            #expect(lines.contains(line[...]))
        }
        #expect(throws: MailError.invalidMessageID) {
            try MailMessage(
                from: Mailbox("parley@example.org"), to: [], follows: "1@parley.example>\r\nBcc: all@example.org", subject: "",
                text: "", html: "", messageID: "2@parley.example", date: date)
        }
    }

    @Test(arguments: ["\n", "\r", "\r\n", "\0", "\u{7f}", "\u{85}", "\u{2028}", "\u{1b}"])
    func refusesControlCharactersInHeaders(control: String) {
        let attack = "Hello\(control)Bcc: all@example.org"
        #expect(throws: MailError.controlCharacter(in: "subject")) { try message(subject: attack) }
        #expect(throws: MailError.controlCharacter(in: "name")) { try message(name: attack) }
        #expect(throws: MailError.invalidMessageID) { try message(messageID: "1\(control)@parley.example") }
        #expect(throws: MailError.invalidAddress) { try Mailbox("some\(control)one@example.org") }
    }

    @Test(arguments: [
        "", "nobody", "@example.org", "a@", "a@b@c", "a b@example.org", "a@exa mple.org", ".a@example.org", "a.@example.org",
        "a..b@example.org", "<a@example.org>", "a,b@example.org", "\"a\"@example.org", "a@-example.org", "a@example-.org",
        "a@example..org", "a@[127.0.0.1]", "é@example.org", "a@exämple.org", String(repeating: "a", count: 65) + "@b.org",
    ])
    func refusesAddresses(address: String) {
        #expect(throws: MailError.invalidAddress) { try Mailbox(address) }
    }

    @Test(arguments: ["", "1", "@b", "a@", "a@b@c", "a b@c", "<a@b>", "a..b@c", String(repeating: "a", count: 201) + "@b"])
    func refusesMessageIDs(messageID: String) {
        #expect(throws: MailError.invalidMessageID) { try message(messageID: messageID) }
    }

    @Test(arguments: [
        ("Ada", "Ada"), ("Ada Lovelace", "\"Ada Lovelace\""), ("Lovelace, Ada", "\"Lovelace, Ada\""),
        (#"a "b" \c"#, #""a \"b\" \\c""#), ("a <x@y.z>", "\"a <x@y.z>\""), ("Zoë", "=?UTF-8?Q?Zo=C3=AB?="),
        ("=?UTF-8?Q?x?=", "=?UTF-8?Q?=3D=3FUTF=2D8=3FQ=3Fx=3F=3D?="),
    ])
    func writesNames(name: String, phrase: String) throws {
        #expect(try Mailbox("a@example.org", name: name).header == "\(phrase) <a@example.org>")
    }

    @Test func leavesOutEmptyNames() throws {
        #expect(try Mailbox("a@example.org", name: "").header == "a@example.org")
    }

    @Test(arguments: [
        ("Plain words", "Plain words"), ("Größe", "=?UTF-8?Q?Gr=C3=B6=C3=9Fe?="), ("a  b", "=?UTF-8?Q?a=5F=5Fb?="),
        ("a_b ü", "=?UTF-8?Q?a=5Fb=5F=C3=BC?="),
    ])
    func writesSubjects(subject: String, header: String) {
        #expect(HeaderText.unstructured(subject).replacing("_", with: "=5F").replacing("UTF=2D8", with: "UTF-8") == header)
    }

    @Test(arguments: [
        String(repeating: "word ", count: 60) + "end", String(repeating: "x", count: 2000),
        String(repeating: "面接", count: 100), String(repeating: "é🔑", count: 50),
    ])
    func keepsLinesShort(text: String) throws {
        let lines = written(try message(subject: text, name: text, text: text)).split(
            separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.count > 20)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 && $0.utf8.allSatisfy { (0x20...0x7e).contains($0) } })
    }

    @Test(arguments: [
        ("", "\r\n"), ("a", "a\r\n"), ("a\nb\r\nc\rd", "a\r\nb\r\nc\r\nd\r\n"), ("end \n\t", "end=20\r\n=09\r\n"),
        ("a=b", "a=3Db\r\n"), ("é", "=C3=A9\r\n"), ("nul\0", "nul=00\r\n"),
        (String(repeating: "x", count: 75), String(repeating: "x", count: 75) + "\r\n"),
        (String(repeating: "x", count: 76), String(repeating: "x", count: 75) + "=\r\nx\r\n"),
        (String(repeating: "x", count: 73) + "=", String(repeating: "x", count: 73) + "=\r\n=3D\r\n"),
    ])
    func quotedPrintable(text: String, encoded: String) {
        #expect(QuotedPrintable.encode(text) == encoded)
    }

    @Test(arguments: [
        (0.0, "Thu, 1 Jan 1970 00:00:00 +0000", "Thursday, 1 January 1970, 00:00 UTC"),
        (951_827_696, "Tue, 29 Feb 2000 12:34:56 +0000", "Tuesday, 29 February 2000, 12:34 UTC"),
        (1_798_761_599.9, "Thu, 31 Dec 2026 23:59:59 +0000", "Thursday, 31 December 2026, 23:59 UTC"),
        (1_795_251_907, "Sat, 21 Nov 2026 09:05:07 +0000", "Saturday, 21 November 2026, 09:05 UTC"),
    ])
    func dates(seconds: Double, header: String, text: String) {
        let date = Date(timeIntervalSince1970: seconds)
        #expect(MailDate.header(date) == header)
        #expect(MailDate.text(date) == text)
    }

    @Test func escapesHTML() {
        let value = "<script>alert('1')</script> & \"é\""
        let html: HTML = "<p title=\"\(value)\">\(value)\("<b>" as HTML)</p>"
        let escaped = "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;é&quot;"
        #expect(html.source == "<p title=\"\(escaped)\">\(escaped)<b></p>")
    }
}
