import JSON
import ObjectStores
import POSIX
import Testing

@testable import StorageEvents

/// Each provider's message as it was recorded, whole and with one thing wrong at a time.
@Suite struct NotificationTests {
    /// A recorded message, what it tells, and what is told when something in it is damaged: by the names on the way to it.
    struct Recorded: Sendable, CustomStringConvertible {
        let file: String
        let event: StorageEvent
        /// Where damage of any kind makes another thing of the message; damage elsewhere changes nothing.
        let vital: [String: Damaged]

        var description: String { file }
        var message: JSON { get throws { try recorded(file) } }
    }

    /// What becomes of a message when one value in it is taken away, or replaced by something of another kind.
    struct Damaged: Sendable {
        let without: Told
        let replaced: Told

        init(_ both: Told) { (without, replaced) = (both, both) }

        init(without: Told, replaced: Told) {
            self.without = without
            self.replaced = replaced
        }
    }

    enum Told: Sendable {
        case nothing
        case refusal(StorageRefusal)
        case event(StorageEvent)
    }

    private static let key = "an interview/grüße.webm"

    private static func event(size: Int? = 8090, version: String, tag: String?, id: String) -> StorageEvent {
        StorageEvent(
            bucket: "recordings", key: key, size: size, version: version, tag: tag.flatMap(EntityTag.init), id: id)
    }

    private static let malformed = Damaged(.refusal(.malformed))

    private static let md5 = "d41d8cd98f00b204e9800998ecf8427e"
    private static let otherMD5 = "b1946ac92492d2347c6235b4d2611184"
    private static let vercelTag = "8ff4c7bbd3ff1f2ad2fb3ba9b5bd8b8b"

    static let all: [Recorded] = [
        Recorded(
            file: "s3-record.json",
            event: event(version: "096fKKXTRTtl3on89fVO.nfljtsv6qko", tag: md5, id: "C3D13FE58DE4C810"),
            vital: [
                "Records": Damaged(.nothing), "Records.0.eventName": malformed, "Records.0.s3.bucket.name": malformed,
                "Records.0.s3.object.key": malformed, "Records.0.s3.object.size": malformed,
                // Without a version the entity tag counts.
                "Records.0.s3.object.versionId": Damaged(
                    without: .event(event(version: md5, tag: md5, id: "C3D13FE58DE4C810")), replaced: .refusal(.malformed)),
                "Records.0.s3.object.eTag": Damaged(
                    without: .event(event(version: "096fKKXTRTtl3on89fVO.nfljtsv6qko", tag: nil, id: "C3D13FE58DE4C810")),
                    replaced: .refusal(.malformed)),
                "Records.0.responseElements.x-amz-request-id": Damaged(
                    without: .event(event(version: "096fKKXTRTtl3on89fVO.nfljtsv6qko", tag: md5, id: "")),
                    replaced: .refusal(.malformed)),
            ]),
        Recorded(
            file: "s3-minio.json", event: event(version: md5, tag: md5, id: "C3D13FE58DE4C810"),
            vital: [
                "Records": Damaged(.nothing), "Records.0.eventName": malformed, "Records.0.s3.bucket.name": malformed,
                "Records.0.s3.object.key": malformed, "Records.0.s3.object.size": malformed, "Records.0.s3.object.eTag": malformed,
                "Records.0.responseElements.x-amz-request-id": Damaged(
                    without: .event(event(version: md5, tag: md5, id: "")), replaced: .refusal(.malformed)),
            ]),
        Recorded(
            file: "s3-eventbridge.json",
            event: event(version: "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", tag: otherMD5, id: "17793124-05d4-b198-2fde-7ededc63b103"),
            vital: [
                "detail-type": Damaged(without: .nothing, replaced: .refusal(.malformed)), "source": malformed, "id": malformed,
                "detail.bucket.name": malformed, "detail.object.key": malformed, "detail.object.size": malformed,
                "detail.object.version-id": Damaged(
                    without: .event(
                        event(version: otherMD5, tag: otherMD5, id: "17793124-05d4-b198-2fde-7ededc63b103")),
                    replaced: .refusal(.malformed)),
                "detail.object.etag": Damaged(
                    without: .event(
                        event(version: "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e", tag: nil, id: "17793124-05d4-b198-2fde-7ededc63b103")),
                    replaced: .refusal(.malformed)),
            ]),
        Recorded(
            file: "azure-event-grid.json",
            event: event(version: "0x8D4BCC2E4835CD0", tag: "0x8D4BCC2E4835CD0", id: "831e1650-001e-001b-66ab-eeb76e069631"),
            vital: [
                "0.eventType": Damaged(.nothing), "0.subject": malformed, "0.id": malformed, "0.data.api": malformed,
                "0.data.eTag": malformed, "0.data.contentLength": malformed,
            ]),
        Recorded(
            file: "azure-cloudevents.json",
            event: event(version: "0x8D4BCC2E4835CD0", tag: "0x8D4BCC2E4835CD0", id: "9aeb0fdf-c01e-0131-0922-9eb54906e209"),
            vital: [
                "type": Damaged(.nothing), "subject": malformed, "id": malformed, "data.api": malformed, "data.eTag": malformed,
                "data.contentLength": malformed,
            ]),
        Recorded(
            file: "vercel.json", event: event(size: nil, version: "\"\(vercelTag)\"", tag: vercelTag, id: ""),
            vital: [
                "type": Damaged(.nothing), "payload.blob.url": malformed, "payload.blob.pathname": malformed,
                "payload.blob.etag": Damaged(
                    without: .event(event(size: nil, version: "", tag: nil, id: "")), replaced: .refusal(.malformed)),
            ]),
    ]

    private func read(_ message: JSON, of file: String) -> [Reading]? {
        if file.hasPrefix("s3") { return S3Notification.read(message) }
        if file.hasPrefix("vercel") { return VercelNotification.read(message) }
        guard case .events(let readings)? = AzureNotification.read(message) else { return nil }
        return readings
    }

    @Test(arguments: all)
    func isRead(recorded: Recorded) throws {
        #expect(try read(recorded.message, of: recorded.file) == [.success(recorded.event)])
    }

    /// Every value in the message, down to the last, is taken away and replaced. Nothing but what the table names matters.
    @Test(arguments: all)
    func isDamaged(recorded: Recorded) throws {
        let message = try recorded.message
        let paths = message.paths
        #expect(Set(recorded.vital.keys).isSubset(of: paths.map { $0.joined(separator: ".") }), "the table names what is not there")
        for path in paths {
            let name = path.joined(separator: ".")
            // What holds something vital is tried with each thing it holds.
            let holds = recorded.vital.keys.contains { $0.hasPrefix("\(name).") }
            let damaged = recorded.vital[name] ?? (holds ? nil : Damaged(.event(recorded.event)))
            guard let damaged else { continue }
            expect(damaged.without, read(message.changed(at: path[...], to: nil), of: recorded.file), "\(name) is missing")
            let other: JSON = message.value(at: path[...])?.text == nil ? "text" : [1, 2]
            expect(damaged.replaced, read(message.changed(at: path[...], to: other), of: recorded.file), "\(name) is of another kind")
            guard recorded.vital[name] != nil, case .refusal = damaged.without else { continue }
            expect(damaged.without, read(message.changed(at: path[...], to: .null), of: recorded.file), "\(name) is null")
            expect(.refusal(.malformed), read(message.changed(at: path[...], to: ""), of: recorded.file), "\(name) is empty")
        }
    }

    private func expect(_ told: Told, _ readings: [Reading]?, _ what: Comment) {
        switch told {
        case .nothing: #expect(readings == nil, what)
        case .refusal(let refusal): #expect(readings == [.failure(refusal)], what)
        case .event(let event): #expect(readings == [.success(event)], what)
        }
    }

    @Test(arguments: [
        ("s3-record.json", "ObjectCreated:CompleteMultipartUpload", true), ("s3-record.json", "ObjectCreated:Copy", true),
        ("s3-record.json", "ObjectRemoved:Delete", false), ("s3-record.json", "ObjectRestore:Completed", false),
        ("s3-record.json", "LifecycleExpiration:Delete", false), ("s3-record.json", "NotObjectCreated:Put", false),
        ("s3-minio.json", "s3:ObjectCreated:CompleteMultipartUpload", true), ("s3-minio.json", "s3:ObjectRemoved:Delete", false),
    ])
    func onlyNewObjectsCount(file: String, name: String, isNew: Bool) throws {
        let message = try recorded(file).changed(at: ["Records", "0", "eventName"], to: .string(name))
        let readings = try #require(S3Notification.read(message))
        #expect(readings.count == 1 && (readings.first == .failure(.otherEvent)) == !isNew)
    }

    @Test(arguments: [
        ("a%2Fb%2Fc.webm", "a/b/c.webm"), ("a/b+c%2B.webm", "a/b c+.webm"), ("%E2%82%AC.webm", "€.webm"), ("a%", nil), ("%zz", nil),
        ("%00", nil), ("%FF", nil),
    ] as [(String, String?)])
    func keysOfS3AreDecoded(encoded: String, key: String?) throws {
        let message = try recorded("s3-record.json").changed(at: ["Records", "0", "s3", "object", "key"], to: .string(encoded))
        let readings = try #require(S3Notification.read(message))
        #expect(readings.map { try? $0.get().key } == [key])
    }

    @Test(arguments: ["Object Deleted", "Object Tags Added", "object created"])
    func onlyNewObjectsCountFromEventBridge(kind: String) throws {
        let message = try recorded("s3-eventbridge.json").changed(at: ["detail-type"], to: .string(kind))
        #expect(S3Notification.read(message) == [.failure(.otherEvent)])
    }

    @Test(arguments: [JSON.integer(-1), .number(1.5), "8090", true])
    func sizesAreWholeNumbers(size: JSON) throws {
        let message = try recorded("s3-record.json").changed(at: ["Records", "0", "s3", "object", "size"], to: size)
        #expect(S3Notification.read(message) == [.failure(.malformed)])
    }

    @Test(arguments: [
        "/blobServices/default/containers/recordings", "/blobServices/default/containers//blobs/a", "containers/recordings/blobs/a",
        "/blobServices/default/containers/recordings/blobs/", "/fileServices/default/containers/recordings/blobs/a",
        "/blobServices/default/containers/recordings/files/a",
    ])
    func subjectsOfAzureNameABlob(subject: String) throws {
        let message = try recorded("azure-event-grid.json").changed(at: ["0", "subject"], to: .string(subject))
        #expect(read(message, of: "azure") == [.failure(.malformed)])
    }

    @Test func aFileOfAzureIsNewWhenItIsFilled() throws {
        let message = try recorded("azure-event-grid.json").changed(at: ["0", "data", "api"], to: "CreateFile")
        #expect(read(message, of: "azure") == [.failure(.otherEvent)])
    }

    @Test(arguments: [
        JSON.null, [], [1], "text", ["data": ["validationCode": "1"]],
        ["eventType": "Microsoft.EventGrid.SubscriptionValidationEvent"],
    ])
    func whatIsNoMessageOfAzure(document: JSON) { #expect(AzureNotification.read(document) == nil) }

    @Test(arguments: [
        "http://recordings.public.blob.vercel-storage.com/a", "https:/recordings/a", "https:///a", "recordings",
        "https://recordings",
    ])
    func addressesOfVercel(url: String) throws {
        let message = try recorded("vercel.json").changed(at: ["payload", "blob", "url"], to: .string(url))
        #expect(VercelNotification.read(message) == [.failure(.malformed)])
    }
}

func recorded(_ file: String) throws -> JSON {
    let tests = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return try JSON(parsing: File.read("/\(tests)/Fixtures/StorageEvents/\(file)"))
}
