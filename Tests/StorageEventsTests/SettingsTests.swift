import Endpoint
import Testing

@testable import StorageEvents

/// Who may tell of objects, and what is refused at the start.
@Suite struct SettingsTests {
    private static let topic = "arn:aws:sns:us-east-1:123456789012:recordings"

    private func settings(_ name: String, _ value: String) throws(Failure) -> StorageEventSettings {
        try StorageEventSettings(Environment([name: value]))
    }

    @Test(arguments: [
        "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-01.pem",
        "https://sns.us-east-1.amazonaws.com/?Action=ConfirmSubscription&Token=1",
    ])
    func certificatesComeFromTheTopicsRegion(url: String) throws {
        #expect(try settings("PARLEY_STORAGE_EVENTS_TOPICS", Self.topic).isAllowed(url))
    }

    @Test(arguments: [
        "https://sns.us-east-1.amazonaws.com.evil.example/a.pem", "https://evil.example/sns.us-east-1.amazonaws.com/a.pem",
        "https://evil.example/?https://sns.us-east-1.amazonaws.com/a.pem",
        "https://sns.us-east-1.amazonaws.com@evil.example/a.pem", "https://sns.us-east-1.amazonaws.com:443@evil.example/a.pem",
        "https://sns.us-east-1.amazonaws.com\\@evil.example/a.pem", "https://sns.us-east-1.amazonaws.com?@evil.example/a.pem",
        "https://sns.us-east-1.amazonaws.com#@evil.example/a.pem", "https://sns.us-east-1.amazonaws.com:8443/a.pem",
        "https://sns.eu-west-1.amazonaws.com/a.pem", "https://evilsns.us-east-1.amazonaws.com/a.pem",
        "http://sns.us-east-1.amazonaws.com/a.pem", "HTTPS://SNS.US-EAST-1.AMAZONAWS.COM/a.pem",
        "file:///etc/passwd", " https://sns.us-east-1.amazonaws.com/a.pem", "https://127.0.0.1/a.pem", "",
    ])
    func certificatesComeFromNowhereElse(url: String) throws {
        #expect(try !settings("PARLEY_STORAGE_EVENTS_TOPICS", Self.topic).isAllowed(url))
    }

    @Test(arguments: [
        ("/SimpleNotificationService-01.pem", true), ("/", false), ("/?Action=GetTopicAttributes&TopicArn=theirs", false),
        ("/?Action=GetTopicAttributes&TopicArn=theirs.pem", false), ("/a.pem?Action=GetTopicAttributes", false),
        ("/?a#b.pem", false), ("/a.PEM", false), ("/a.pem/", false),
    ])
    func certificatesAreFiles(path: String, isOne: Bool) throws {
        let settings = try settings("PARLEY_STORAGE_EVENTS_TOPICS", Self.topic)
        #expect(settings.isCertificate("https://sns.us-east-1.amazonaws.com\(path)") == isOne)
        #expect(!settings.isCertificate("https://sns.eu-west-1.amazonaws.com\(path)"))
    }

    @Test func otherHostsReplaceAmazons() throws {
        let settings = try StorageEventSettings(
            Environment(["PARLEY_STORAGE_EVENTS_TOPICS": Self.topic, "PARLEY_STORAGE_EVENTS_HOSTS": "sns.example:8443, sns.example"]))
        #expect(settings.isAllowed("https://sns.example:8443/a.pem") && settings.isAllowed("https://sns.example/a.pem"))
        #expect(!settings.isAllowed("https://sns.us-east-1.amazonaws.com/a.pem"))
    }

    @Test func chinaHasHostsOfItsOwn() throws {
        let settings = try settings("PARLEY_STORAGE_EVENTS_TOPICS", "arn:aws-cn:sns:cn-north-1:123456789012:recordings")
        #expect(settings.hosts == ["sns.cn-north-1.amazonaws.com.cn"])
    }

    @Test(arguments: [
        ("TOPICS", "recordings"), ("TOPICS", "arn:aws:sqs:us-east-1:123456789012:recordings"),
        ("TOPICS", "arn:aws:sns:us-east-1:1234:recordings"), ("TOPICS", "arn:aws:sns:us-east-1.evil.example/:123456789012:recordings"),
        ("TOPICS", "arn:aws:sns::123456789012:recordings"), ("TOPICS", "arn:aws:sns:us-east-1:123456789012:"),
        ("TOPICS", "arn:aws:sns:us-east-1:123456789012:a,b"), ("TOPICS", "arn:aws:sns:us-east-1:12345678901x:recordings"),
        ("HOSTS", "https://sns.example"), ("HOSTS", "sns.example/"), ("HOSTS", "a@sns.example"), ("HOSTS", "sns.example:port"),
        ("HOSTS", "sns.example:1:2"), ("HOSTS", ":443"), ("HOSTS", "*.example"), ("AUTHORITIES", "/nowhere/ca.pem"),
        ("TOKEN_FILE", "/nowhere/token"),
    ])
    func whatIsNotUnderstoodIsRefused(name: String, value: String) throws {
        let failure = #expect(throws: Failure.self) { try settings("PARLEY_STORAGE_EVENTS_\(name)", value) }
        #expect(failure?.code == .unavailable && failure?.cause?.contains(value.split(separator: ",").last ?? "") == true)
    }

    @Test func aTokenOfNoStoreIsRefusedAndNotRepeated() throws {
        let failure = #expect(throws: Failure.self) { try settings("BLOB_READ_WRITE_TOKEN", "vercel_blob_oops") }
        #expect(failure?.cause?.contains("vercel_blob_rw_STORE_SECRET") == true && failure?.cause?.contains("oops") == false)
    }

    @Test func nothingIsSetNobodyIsExpected() throws {
        let settings = try StorageEventSettings(Environment([:]))
        #expect(settings.expected == [] && !settings.isAllowed("https://sns.us-east-1.amazonaws.com/a.pem"))
    }
}
