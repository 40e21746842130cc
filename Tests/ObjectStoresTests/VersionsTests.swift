import ObjectStores
import Testing
import Validation

/// What stores say that they have of an object besides the object.
extension ListingTests {
    static let s3Versions = """
        <ListVersionsResult><IsTruncated>true</IsTruncated><NextKeyMarker>a/b/c.webm</NextKeyMarker>\
        <NextVersionIdMarker>two</NextVersionIdMarker><Version><Key>a/b/c.webm</Key><VersionId>one</VersionId></Version>\
        <DeleteMarker><Key>a/b/c.webm</Key><VersionId>two</VersionId></DeleteMarker>\
        <Version><Key>a/b/c.webm.bak</Key><VersionId>three</VersionId></Version></ListVersionsResult>
        """

    @Test func versionsOfS3() throws {
        let page = try #require(s3().versions(of: "a/b/c.webm", in: Array(Self.s3Versions.utf8)))
        #expect(page.items == [.earlier("one"), .earlier("two")])
        let next = try s3().listVersions(of: "a/b/c.webm", after: page.next, expires: 60, now: Self.now)
        #expect(next.url.contains("?versions=&prefix=a%2Fb%2Fc.webm&key-marker=a%2Fb%2Fc.webm&version-id-marker=two&"))
        let removal = try s3().remove(.earlier("one"), of: "a/b/c.webm", expires: 60, now: Self.now)
        #expect(removal.map(\.method) == ["DELETE"] && removal.allSatisfy { $0.url.contains("versionId=one") })
    }

    @Test(arguments: [
        "", "<Error><Code>AccessDenied</Code></Error>", String(s3Versions.dropLast(30)),
        s3Versions.replacing("<NextKeyMarker>a/b/c.webm</NextKeyMarker>", with: ""),
        s3Versions.replacing("<VersionId>one</VersionId>", with: ""),
    ])
    func noVersionsOfS3(text: String) throws { #expect(try s3().versions(of: "a/b/c.webm", in: Array(text.utf8)) == nil) }

    static let azureVersions = """
        <EnumerationResults><Blobs>\
        <Blob><Name>a/b/c.webm</Name><Snapshot>2026-11-20T08:00:00.0000001Z</Snapshot></Blob>\
        <Blob><Name>a/b/c.webm</Name><VersionId>2026-11-20T08:00:00.0000002Z</VersionId></Blob>\
        <Blob><Name>a/b/c.webm</Name><Deleted>true</Deleted><VersionId>2026-11-20T08:00:00.0000003Z</VersionId></Blob>\
        <Blob><Name>a/b/c.webm</Name><VersionId>2026-11-20T08:00:00.0000004Z</VersionId>\
        <IsCurrentVersion>true</IsCurrentVersion><Properties><Content-Length>5</Content-Length></Properties></Blob>\
        <Blob><Name>a/b/c.webm</Name><Properties><Content-Length>0</Content-Length></Properties></Blob>\
        <Blob><Name>a/b/c.webm.bak</Name></Blob></Blobs><NextMarker>2!76!MDAw</NextMarker></EnumerationResults>
        """

    @Test func versionsOfAzure() throws {
        let page = try #require(Self.azure.versions(of: "a/b/c.webm", in: Array(Self.azureVersions.utf8)))
        #expect(page.next == "2!76!MDAw")
        #expect(
            page.items == [
                .snapshot("2026-11-20T08:00:00.0000001Z"), .earlier("2026-11-20T08:00:00.0000002Z"), .kept, .current, .parts,
            ])
        let request = Self.azure.listVersions(of: "a/b/c.webm", after: nil, expires: 60, now: Self.now)
        #expect(request.url.contains("&include=versions%2Csnapshots%2Cuncommittedblobs%2Cdeleted&"))
    }

    @Test(arguments: ["", "<Error><Code>AuthorizationFailure</Code></Error>", String(azureVersions.dropLast(10))])
    func noVersionsOfAzure(text: String) { #expect(Self.azure.versions(of: "a/b/c.webm", in: Array(text.utf8)) == nil) }

    @Test(arguments: [
        (StoredVersion.earlier("2026-11-20T08:00:00.0000002Z"), "versionid=2026-11-20T08%3A00%3A00.0000002Z&", "&sp=x&", "&sr=bv&"),
        (.snapshot("2026-11-20T08:00:00.0000001Z"), "snapshot=2026-11-20T08%3A00%3A00.0000001Z&", "&sp=d&", "&sr=bs&"),
    ])
    func editionsOfAzureGo(version: StoredVersion, parameter: String, permission: String, kind: String) {
        let requests = Self.azure.remove(version, of: "a/b/c.webm", expires: 60, now: Self.now)
        #expect(requests.map(\.method) == ["DELETE"])
        for part in [parameter, permission, kind] { #expect(requests.first?.url.contains(part) == true) }
        // With it the service refuses to delete an edition.
        #expect(requests.first?.headers.contains { $0.name == "x-ms-delete-snapshots" } == false)
    }

    @Test func theBlobGoesWithItsSnapshots() {
        let requests = Self.azure.remove(.current, of: "a/b/c.webm", expires: 60, now: Self.now)
        #expect(requests.first?.headers.contains { $0.name == "x-ms-delete-snapshots" && $0.value == "include" } == true)
        #expect(Self.azure.remove(.kept, of: "a/b/c.webm", expires: 60, now: Self.now).isEmpty)
    }
}
