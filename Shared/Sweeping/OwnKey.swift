public import Validation

/// Whether a key is one that we make: `organisation/interview or candidate/object.webm`, each an id. What else somebody put into
/// the store is none of our business.
public enum OwnKey {
    /// Of recordings, and of resumes.
    static let fileExtensions = ["webm", "mp4", "pdf", "doc", "docx"]

    public static func isOne(_ key: String, of organization: Identifier) -> Bool {
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == organization.description, isId(parts[1]) else { return false }
        let file = parts[2].split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        return file.count == 2 && isId(file[0]) && fileExtensions.contains(String(file[1]))
    }

    /// In the one way in which we write them.
    private static func isId(_ text: Substring) -> Bool { Identifier(text).map { $0.description == text } ?? false }
}
