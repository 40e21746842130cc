import JSON

/// What is read of one record that a provider sent.
public typealias Reading = Result<StorageEvent, StorageRefusal>

extension JSON {
    private func value(at path: [String]) -> JSON? {
        path.reduce(self) { value, name in value?[name] }
    }

    /// A text that must be there.
    func text(_ path: String...) throws(StorageRefusal) -> String {
        guard let text = value(at: path)?.text, !text.isEmpty else { throw .malformed }
        return text
    }

    /// A text that may be absent, null or empty.
    func optionalText(_ path: String...) throws(StorageRefusal) -> String? {
        switch value(at: path) {
        case nil, .null?: return nil
        case .string(let text)?: return text.isEmpty ? nil : text
        default: throw .malformed
        }
    }

    /// A number of bytes that must be there.
    func size(_ path: String...) throws(StorageRefusal) -> Int {
        guard case .integer(let size)? = value(at: path), size >= 0 else { throw .malformed }
        return size
    }
}
