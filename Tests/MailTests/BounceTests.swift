@testable import Mail
import Testing

@Suite struct ReturnAddressTests {
    private let key = [UInt8](repeating: 7, count: 32)
    private let delivery = "01990000-0000-7000-8000-0000000000f1"

    @Test func aMailsAddressLeadsBackToIt() throws {
        let made = try #require(ReturnAddress("Bounces@Mail.example", key: key))
        let address = try #require(made.address(for: delivery))
        #expect(address.hasPrefix("bounces+0199000000007000800000000000") && address.hasSuffix("@mail.example"))
        #expect(address.split(separator: "@")[0].utf8.count <= 64)
        #expect(made.delivery(of: address) == delivery && made.delivery(of: address.uppercased()) == delivery)
    }

    @Test func anotherInstallationsAddressIsNone() throws {
        let made = try #require(ReturnAddress("bounces@mail.example", key: key))
        let other = try #require(ReturnAddress("bounces@mail.example", key: [UInt8](repeating: 8, count: 32)))
        #expect(made.delivery(of: try #require(other.address(for: delivery))) == nil)
    }

    @Test func everyChangedCharacterIsNoticed() throws {
        let made = try #require(ReturnAddress("bounces@mail.example", key: key))
        let address = Array(try #require(made.address(for: delivery)).utf8)
        for index in address.indices {
            var changed = address
            changed[index] = changed[index] == UInt8(ascii: "1") ? UInt8(ascii: "2") : UInt8(ascii: "1")
            #expect(made.delivery(of: String(decoding: changed, as: UTF8.self)) == nil, "\(index)")
        }
    }

    @Test func onlyTheCouriersIdsHaveOne() throws {
        let made = try #require(ReturnAddress("bounces@mail.example", key: key))
        for id in ["", "fixture", "01990000-0000-7000-8000-0000000000fg", "0199000000007000800000000000000000f1"] {
            #expect(made.address(for: id) == nil)
        }
    }

    @Test(arguments: ["", "nobody", "a-long-part-1@mail.example", "bounces+x@mail.example", "a b@mail.example"])
    func refusesWhatCannotBeAddedTo(address: String) {
        #expect(ReturnAddress(address, key: key) == nil)
    }
}

@Suite struct DeliveryReportTests {
    private func report(_ status: String, type: String = "multipart/report; report-type=delivery-status; boundary=\"b\"") throws(DeliveryReport.Problem) -> DeliveryReport {
        try DeliveryReport(Array("Content-Type: \(type)\n\n--b\nContent-Type: text/plain\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n\(status)\n--b--\n".utf8))
    }

    private let failed = "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; x@b.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550\n  no such user\n"

    @Test func readsFoldedFields() throws {
        #expect(try report(failed).failure == .init(action: .failed, status: "5.1.1", diagnostic: "550 no such user"))
        #expect(try report(failed.replacing("Action: failed", with: "ACTION :FAILED").replacing("5.1.1", with: "5.1.1 (bad mailbox)")).failure?.status == "5.1.1")
    }

    @Test func ofSeveralRecipientsTheOneThatFailedCounts() throws {
        let both = "Reporting-MTA: dns; a.example\n\nFinal-Recipient: rfc822; y@b.example\nAction: relayed\nStatus: 2.0.0\n\n" + failed.split(separator: "\n\n")[1]
        #expect(try report(String(both)).recipients.map(\.action) == [.relayed, .failed])
        #expect(try report(String(both)).failure?.isPermanent == true)
    }

    @Test func whatIsNotAReportIsLeftAlone() {
        for type in ["text/plain", "multipart/report; report-type=disposition-notification; boundary=b", "multipart/mixed; boundary=b", ""] {
            #expect(throws: DeliveryReport.Problem.notAReport) { try report(failed, type: type) }
        }
    }

    @Test(arguments: ["\"b\"", "b", " \"b\" ; x=\"a;b\\\"c\""])
    func readsParameters(boundary: String) throws {
        #expect(try report(failed, type: "Multipart/REPORT; Report-Type=\"Delivery-Status\"; boundary=\(boundary)").recipients.count == 1)
    }

    /// Whatever comes, it ends, and quickly enough for a mail server.
    @Test func survivesWhatIsNoMessage() {
        for message in [[], [10], Array(repeating: UInt8(ascii: " "), count: 100_000), Array(repeating: UInt8(ascii: "\n"), count: 100_000), Array((0...255).map { UInt8($0) })] {
            #expect(throws: DeliveryReport.Problem.self) { try DeliveryReport(message) }
        }
    }
}
