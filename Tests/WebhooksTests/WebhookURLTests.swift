import JSON
import Testing
import Validation

@testable import Webhooks

@Suite struct WebhookURLTests {
    private struct Input: Decodable { let url: WebhookURL }

    private func refusal(_ text: String) -> String? {
        do {
            _ = try InputDecoder.decode(Input.self, from: ["url": .string(text)])
            return nil
        } catch {
            return error.problems.first?.message
        }
    }

    @Test(arguments: [
        "https://hooks.example.com/parley", "https://example.com", "HTTPS://EXAMPLE.COM:443/a?b=c%20d", "https://example.com:8443/",
        "https://xn--bcher-kva.example/", "https://8.8.8.8/a", "https://[2606:4700::1111]:1024/", "https://a-b.c1.example/a@b",
    ])
    func acceptsPublicAddresses(text: String) throws {
        let url = try WebhookURL(text)
        #expect(url.value == text)
        #expect(!url.isLoopback)
    }

    @Test(arguments: [
        "http://127.0.0.1:8080/hook", "http://localhost:1/", "http://[::1]/", "http://127.255.0.1",
    ])
    func knowsThisMachine(text: String) throws { #expect(try WebhookURL(text).isLoopback) }

    @Test(arguments: [
        "https://127.0.0.1/", "https://localhost/", "https://LOCALHOST/", "https://intranet/", "https://a.localhost/",
        "https://printer.local/", "https://metadata.google.internal/", "https://router.home.arpa/", "https://10.0.0.1/",
        "https://172.16.0.1/", "https://192.168.1.1/", "https://169.254.169.254/latest/meta-data/", "https://100.64.0.1/",
        "https://0.0.0.0/", "https://[::1]/", "https://[::ffff:10.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[fd00::1]/",
        "https://[fe80::1]/", "https://[64:ff9b::a00:1]/", "https://127.1/", "https://0x7f000001/", "https://2130706433/",
        "https://0177.0.0.1/", "https://0x7f.0.0.1/", "https://1.1.1.0x1/", "https://8.8.8.8./", "https://example.com./",
        "https://example..com/", "https://-a.example/", "https://a_b.example/", "https://%6c.example/",
    ])
    func refusesPrivateAddresses(text: String) { #expect(refusal(text) == "must not be an address of a private network") }

    @Test(arguments: [
        "http://example.com/", "http://10.0.0.1/", "http://127.0.0.1.example.com/", "http://128.0.0.1/", "ftp://example.com/",
        "//example.com", "example.com", "javascript:alert(1)", "file:///etc/passwd",
    ])
    func refusesOtherSchemes(text: String) { #expect(refusal(text) == "must begin with https://") }

    @Test(arguments: [
        "https://user@example.com/", "https://user:secret@example.com/", "https://example.com@10.0.0.1/", "https://:@example.com",
        "http://127.0.0.1@example.com/",
    ])
    func refusesCredentials(text: String) { #expect(refusal(text) == "must not hold a user name or a password") }

    @Test(arguments: [
        ("https://example.com/#a", "must not have a fragment"), ("https://example.com#a", "must not have a fragment"),
        ("https://example.com:22/", "must use port 443, or one from 1024 up"),
        ("https://example.com:80/", "must use port 443, or one from 1024 up"),
        ("https://example.com:0/", "must have a port from 1 to 65535, or none"),
        ("https://example.com:65536/", "must have a port from 1 to 65535, or none"),
        ("https://example.com:/", "must have a port from 1 to 65535, or none"),
        ("https://example.com:+443/", "must have a port from 1 to 65535, or none"),
        ("https://[::1/", "must have a host"), ("https://", "must have a host"), ("https:///a", "must have a host"),
        ("https://[example.com]/", "must have a host"),
    ])
    func saysWhatIsWrong(text: String, message: String) { #expect(refusal(text) == message) }

    @Test(arguments: [
        "", "https://exämple.com/", "https://example.com/a b", "https://example.com/\r\nX: y", "https://example.com/\u{0}",
        "https://example.com\\@10.0.0.1/", "https://example.com/" + String(repeating: "a", count: 2000),
    ])
    func refusesWhatIsNoAddress(text: String) { #expect(refusal(text)?.hasPrefix("must be an https address") == true) }
}
