/// What a file is, by its bytes and structure; its name and the type that a browser gave it count for nothing.
public enum DocumentKind: String, Codable, Sendable, CaseIterable {
    case pdf, doc, docx
}
