import POSIX
import Testing

@testable import Endpoint

@Suite struct FormTests {
    private static let type = "multipart/form-data; boundary=edge"
    private static let whole = [
        "--edge", "Content-Disposition: form-data; name=\"candidateId\"", "", "7",
        "--edge", "Content-Disposition: form-data; name=\"file\"; filename=\"a;\\b %22c%22.pdf\"", "Content-Type: application/pdf", "",
        "%PDF\r\n--edg\r\n-- edge\r\n--", "--edge--", "",
    ].joined(separator: "\r\n")

    private func form(_ text: String, _ type: String = type, file: Int = 100) throws -> Form {
        try Form(Array(text.utf8), type: type, spool: "/spool", limits: .init(file: file))
    }

    @Test func partsAreFound() throws {
        let form = try form(Self.whole)
        #expect(form.fields.map(\.name) == ["candidateId"] && form.fields.map(\.value) == ["7"])
        let file = try #require(form.file)
        #expect(file.name == "a;\\b \"c\".pdf" && file.spool == "/spool")
        #expect(Array(Self.whole.utf8)[file.range].elementsEqual("%PDF\r\n--edg\r\n-- edge\r\n--".utf8))
    }

    @Test func nothingThatEndsEarlyIsAForm() {
        // Only the line break after the last boundary may be missing.
        for length in 0..<Self.whole.utf8.count - 2 {
            #expect(throws: Failure.self) { try form(String(decoding: Self.whole.utf8.prefix(length), as: UTF8.self)) }
        }
    }

    @Test func aFrameWithAForeignByteFramesNoFile() throws {
        let bytes = Array(Self.whole.utf8)
        let file = try #require(try form(Self.whole).file)
        for index in bytes.indices where !file.range.contains(index) && "\r\n-".utf8.contains(bytes[index]) {
            var changed = bytes
            changed[index] = UInt8(ascii: "#")
            let form = try? Form(changed, type: Self.type, spool: "", limits: .init(file: 100))
            // Without the boundary between them, the first part goes on to the end of the second.
            #expect(form?.file == nil, "byte \(index)")
        }
    }

    @Test func limitsHold() {
        #expect(throws: Failure.self) { try form(Self.whole, file: 20) }
        let many = (0..<10).map { "--edge\r\nContent-Disposition: form-data; name=\"\(String(repeating: "a", count: $0 + 1))\"\r\n\r\nx\r\n" }
        #expect(throws: Failure.self) { try form(many.joined() + "--edge--") }
        #expect(throws: Never.self) { try form(many.prefix(9).joined() + "--edge--") }
    }

    @Test func aPartIsCopiedOutOfAFile() throws {
        let folder = try TemporaryFolder(in: "/tmp")
        try File.replace("\(folder.path)/whole", with: Array("0123456789".utf8))
        try File.copy(3..<7, of: "\(folder.path)/whole", to: "\(folder.path)/part")
        #expect(try File.read("\(folder.path)/part") == Array("3456".utf8))
        #expect(throws: SystemError.self) { try File.copy(3..<7, of: "\(folder.path)/whole", to: "\(folder.path)/part") }
        #expect(throws: SystemError.self) { try File.copy(8..<12, of: "\(folder.path)/whole", to: "\(folder.path)/more") }
    }
}
