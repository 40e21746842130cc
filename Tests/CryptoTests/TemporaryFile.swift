import FoundationEssentials

/// Lends a file of this content and mode; removes it afterwards.
func withFile(_ content: [UInt8], mode: Int = 0o600, _ body: (String) throws -> Void) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try Data(content).write(to: url)
    defer { try? FileManager.default.removeItem(at: url) }
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: url.path)
    try body(url.path)
}
