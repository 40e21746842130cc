import Crypto
import ObjectStores
import Testing
import Validation

/// Listings as the services write them.
struct ListingTests {
    static let now = Timestamp(microseconds: 1_795_251_600_000_000)
    static let azure = AzureBlob(
        endpoint: "https://parley.blob.core.windows.net", account: "parley", container: "answers", key: .account([1, 2, 3]))

    func s3() throws -> S3 {
        try #require(
            S3(
                endpoint: "https://s3.eu-central-1.amazonaws.com", bucket: "answers", region: "eu-central-1", addressing: .path,
                credentials: .init(accessKeyId: "id", secretAccessKey: "secret")))
    }

    private func vercel() throws -> VercelBlob { try #require(VercelBlob(readWriteToken: "vercel_blob_rw_store_secret")) }

    static let s3Page = """
        <?xml version="1.0" encoding="UTF-8"?>
        <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>answers</Name><Prefix>a/</Prefix>\
        <KeyCount>2</KeyCount><MaxKeys>2</MaxKeys><IsTruncated>true</IsTruncated>\
        <NextContinuationToken>1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=</NextContinuationToken>\
        <Contents><Key>a/b/c.webm</Key><LastModified>2026-11-20T08:00:00.000Z</LastModified><ETag>&quot;x-2&quot;</ETag>\
        <Size>434234</Size><StorageClass>STANDARD</StorageClass></Contents>\
        <Contents><Key>a/b/R&amp;D &lt;Size&gt;1.webm</Key><LastModified>2026-11-20T08:00:01.500Z</LastModified>\
        <Size>0</Size></Contents></ListBucketResult>
        """

    @Test func aPageOfS3() throws {
        let page = try #require(s3().page(in: Array(Self.s3Page.utf8)))
        #expect(page.next == "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=")
        #expect(
            page.items == [
                ListedObject(key: "a/b/c.webm", size: 434_234, storedAt: try #require(Timestamp("2026-11-20T08:00:00Z"))),
                ListedObject(key: "a/b/R&D <Size>1.webm", size: 0, storedAt: try #require(Timestamp("2026-11-20T08:00:01.5Z"))),
            ])
        let request = try s3().list("a/", after: page.next, expires: 60, now: Self.now)
        #expect(request.method == "GET")
        #expect(request.url.hasPrefix("https://s3.eu-central-1.amazonaws.com/answers/?list-type=2&prefix=a%2F&max-keys=1000&continuation-token=1ueGcxLPRx1Tr%2FXYExH"))
    }

    @Test func theLastPageOfS3() throws {
        let text = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>"
        let page = try #require(s3().page(in: Array(text.utf8)))
        #expect(page.items.isEmpty && page.next == nil)
    }

    /// None of these is a short listing.
    @Test(arguments: [
        "", "<Error><Code>AccessDenied</Code></Error>", String(s3Page.dropLast(30)),
        s3Page.replacing("<Size>0</Size>", with: ""), s3Page.replacing("<Size>434234</Size>", with: "<Size>many</Size>"),
        s3Page.replacing("2026-11-20T08:00:00.000Z", with: "yesterday"), s3Page.replacing("<Key>a/b/c.webm</Key>", with: ""),
        s3Page.replacing("NextContinuationToken", with: "Next"),
    ])
    func noPageOfS3(text: String) throws {
        #expect(try s3().page(in: Array(text.utf8)) == nil)
    }

    @Test func uploadsOfS3() throws {
        let text = """
            <ListMultipartUploadsResult><Bucket>answers</Bucket><NextKeyMarker>a/b/c.webm</NextKeyMarker>\
            <NextUploadIdMarker>two</NextUploadIdMarker><MaxUploads>1</MaxUploads><IsTruncated>true</IsTruncated>\
            <Upload><Key>a/b/c.webm</Key><UploadId>one</UploadId><Initiator><ID>me</ID></Initiator>\
            <Initiated>2026-11-20T08:00:00.000Z</Initiated></Upload></ListMultipartUploadsResult>
            """
        let page = try #require(s3().uploadPage(in: Array(text.utf8)))
        #expect(page.items.map(\.upload.key) == ["a/b/c.webm"] && page.items.map(\.upload.name) == ["one"])
        #expect(page.items.map(\.begunAt) == [Timestamp("2026-11-20T08:00:00Z")])
        let request = try #require(s3().listUploads("a/", after: page.next, expires: 60, now: Self.now))
        #expect(request.url.contains("?uploads=&prefix=a%2F&max-uploads=1000&key-marker=a%2Fb%2Fc.webm&upload-id-marker=two&"))
        #expect(try s3().uploadPage(in: Array(Self.s3Page.utf8)) == nil)
    }

    static let azurePage = """
        \u{FEFF}<?xml version="1.0" encoding="utf-8"?><EnumerationResults ServiceEndpoint="https://parley.blob.core.windows.net/" \
        ContainerName="answers"><Prefix>a/</Prefix><MaxResults>2</MaxResults><Blobs><Blob><Name>a/b/c.webm</Name><Properties>\
        <Creation-Time>Fri, 20 Nov 2026 07:00:00 GMT</Creation-Time><Last-Modified>Fri, 20 Nov 2026 08:00:00 GMT</Last-Modified>\
        <Etag>0x8D</Etag><Content-Length>434234</Content-Length><Content-Type>video/webm</Content-Type></Properties></Blob>\
        <Blob><Name>a/b/d.webm</Name><Properties><Last-Modified>Fri, 20 Nov 2026 09:00:00 GMT</Last-Modified>\
        <Content-Length>0</Content-Length></Properties></Blob></Blobs><NextMarker>2!76!MDAw</NextMarker></EnumerationResults>
        """

    @Test func aPageOfAzure() throws {
        let page = try #require(Self.azure.page(in: Array(Self.azurePage.utf8)))
        #expect(page.next == "2!76!MDAw")
        #expect(page.items.map(\.key) == ["a/b/c.webm", "a/b/d.webm"] && page.items.map(\.size) == [434_234, 0])
        #expect(page.items.first?.storedAt == Timestamp("2026-11-20T08:00:00Z"))
        let request = Self.azure.list("a/", after: page.next, expires: 60, now: Self.now)
        #expect(
            request.url.hasPrefix(
                "https://parley.blob.core.windows.net/answers?restype=container&comp=list&prefix=a/&maxresults=1000&marker=2%2176%21MDAw&"))
        #expect(request.url.contains("&sp=l&") && request.url.contains("&sr=c&"))
    }

    @Test(arguments: [
        "", "<Error><Code>AuthenticationFailed</Code></Error>", String(azurePage.dropLast(40)),
        azurePage.replacing("Fri, 20 Nov 2026 09:00:00 GMT", with: "2026-11-20T09:00:00Z"),
        azurePage.replacing("Fri, 20 Nov 2026 09:00:00 GMT", with: "Mon, 20 Nov 2026 09:00:00 GMT"),
        azurePage.replacing("<Content-Length>0</Content-Length>", with: ""),
    ])
    func noPageOfAzure(text: String) { #expect(Self.azure.page(in: Array(text.utf8)) == nil) }

    /// Blobs without a list of blocks are the empty ones; they go once they have a list without blocks.
    @Test func uploadsOfAzure() throws {
        let page = try #require(Self.azure.uploadPage(in: Array(Self.azurePage.utf8)))
        #expect(page.items.map(\.upload.key) == ["a/b/d.webm"])
        let request = try #require(Self.azure.listUploads("a/", after: nil, expires: 60, now: Self.now))
        #expect(request.url.contains("&include=uncommittedblobs&"))
        let removal = Self.azure.removeParts(of: try #require(page.items.first?.upload), expires: 60, now: Self.now)
        #expect(removal.map(\.method) == ["PUT", "DELETE"])
        #expect(removal.first?.headers.contains { $0.name == "If-None-Match" && $0.value == "*" } == true)
    }

    @Test func aPageOfVercel() throws {
        let text = #"""
            {"blobs": [{"url": "https://x/a.webm", "pathname": "a/b/c.webm", "size": 5, "uploadedAt": "2026-11-20T08:00:00.000Z"}],
             "cursor": "n/2", "hasMore": true}
            """#
        let page = try #require(vercel().page(in: Array(text.utf8)))
        #expect(page.next == "n/2")
        #expect(page.items == [ListedObject(key: "a/b/c.webm", size: 5, storedAt: try #require(Timestamp("2026-11-20T08:00:00Z")))])
        #expect(try vercel().list("a/", after: page.next, expires: 60, now: Self.now).url.hasSuffix("blob?limit=1000&prefix=a%2F&cursor=n%2F2"))
        for damaged in [
            "", "[]", "{\"blobs\": []}", text.replacing("\"size\": 5", with: "\"size\": \"5\""), text.replacing("pathname", with: "path"),
            text.replacing("\"cursor\": \"n/2\",", with: ""), text.replacing("2026-11-20T08:00:00.000Z", with: "Friday"),
        ] { #expect(try vercel().page(in: Array(damaged.utf8)) == nil) }
    }
}
