import Sweeping
import Testing
import Validation

struct OwnKeyTests {
    static let organization = "01990000-0000-7000-8000-00000000000a"
    static let id = "01990000-0000-7000-8000-000000000065"

    @Test(arguments: ["webm", "mp4", "pdf", "doc", "docx"])
    func keysThatWeMake(suffix: String) throws {
        let owner = try #require(Identifier(Self.organization))
        #expect(OwnKey.isOne("\(Self.organization)/\(Self.id)/\(Self.id).\(suffix)", of: owner))
    }

    /// None of these may ever be removed.
    @Test(arguments: [
        "", "/", "\(organization)", "\(organization)/\(id)", "\(organization)/\(id)/", "\(organization)/\(id)/\(id)",
        "\(organization)/\(id)/\(id).", "\(organization)/\(id)/\(id).exe", "\(organization)/\(id)/\(id).webm.1234.new",
        "\(organization)/\(id)/\(id).WEBM", "\(organization)/\(id)/\(id).webm/more", "/\(organization)/\(id)/\(id).webm",
        "\(organization)/backup/\(id).webm", "\(organization)/\(id)/backup.webm", "\(organization)/\(id.uppercased())a/\(id).webm",
        "\(organization)//\(id).webm", "\(id)/\(id)/\(id).webm", "\(organization)/\(id)/../\(id).webm",
        "\(organization)/\(id)/\(id.dropLast())A.webm",
    ])
    func keysOfOthers(key: String) throws {
        #expect(!OwnKey.isOne(key, of: try #require(Identifier(Self.organization))))
    }
}
