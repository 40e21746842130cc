import Crypto
import JSON
import POSIX
import Testing

@testable import StorageEvents

/// Signed messages of Amazon SNS, made with `openssl dgst -sign` and a certificate that is in force for a hundred years.
@Suite struct SNSMessageTests {
    static let files = ["sns-notification.json", "sns-notification-1.json", "sns-subscription.json"]
    /// 2026-11-22.
    private static let now = 1_795_305_600

    private func certificate() throws -> Certificate {
        let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
        return try #require(Certificate(pem: File.read("/\(tests)/Fixtures/StorageEvents/certificate.pem")))
    }

    private func isSigned(_ document: JSON) throws -> Bool {
        guard let message = try? SNSMessage(document) else { return false }
        return message.isSigned(by: try certificate(), now: Self.now)
    }

    @Test(arguments: files)
    func isSigned(file: String) throws { #expect(try isSigned(recorded(file))) }

    /// Every field is taken away, emptied, changed and replaced in turn.
    @Test(arguments: files)
    func isDamaged(file: String) throws {
        let message = try recorded(file)
        #expect(message.members.count >= 9)
        for member in message.members {
            let text = try #require(member.value.text)
            let isSigned = !["SigningCertURL", "UnsubscribeURL"].contains(member.name)
            for damage: JSON? in [nil, "", .string("x" + text), .string(String(text.dropLast())), .null, 1] {
                let damaged = message.changed(at: [member.name], to: damage)
                // What is not signed must be there or not matter.
                let mayStay = !isSigned && (member.name == "UnsubscribeURL" || damage?.text?.isEmpty == false)
                #expect(try self.isSigned(damaged) == mayStay, "\(member.name) is \(damage?.description ?? "missing")")
            }
        }
    }

    @Test func aSubjectIsNotAddedLater() throws {
        let message = try recorded("sns-notification-1.json")
        #expect(message["Subject"] == nil)
        let more = JSON.object(message.members + [JSON.Member("Subject", "Recordings")])
        #expect(try !isSigned(more))
    }

    /// Where one field ends and the next begins is signed too.
    @Test func textDoesNotWanderBetweenFields() throws {
        let message = try recorded("sns-notification.json")
        let id = try #require(message["MessageId"]?.text), text = try #require(message["Message"]?.text)
        let moved = message.changed(at: ["Message"], to: .string("\(text)\nMessageId\n\(id)")).changed(at: ["MessageId"], to: nil)
        #expect(try !isSigned(moved))
    }

    @Test func theCertificateMustBeInForce() throws {
        let message = try SNSMessage(recorded("sns-notification.json"))
        let certificate = try certificate()
        #expect(message.isSigned(by: certificate, now: Self.now))
        #expect(!message.isSigned(by: certificate, now: 0), "before it was in force")
        #expect(!message.isSigned(by: certificate, now: Self.now + 101 * 365 * 86_400), "when it is not in force any more")
    }

    @Test func oneThatIsToConfirmSaysWhere() throws {
        let message = try SNSMessage(recorded("sns-subscription.json"))
        #expect(message.kind == .subscription && message.subscribeURL?.contains("Action=ConfirmSubscription") == true)
        #expect(try SNSMessage(recorded("sns-notification.json")).subscribeURL == nil)
    }
}
