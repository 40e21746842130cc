import Glibc

/// A folder that only this user can read; it and all that is in it are gone when the value ends.
public struct TemporaryFolder: ~Copyable {
    public let path: String

    /// - Parameter parent: an existing folder.
    public init(in parent: String) throws(SystemError) {
        var template = Array("\(parent)/\(Self.prefix)\(getpid())-XXXXXX".utf8CString)
        // mkdtemp rewrites the six X in place; the array is terminated and outlives the call.
        guard unsafe mkdtemp(&template) != nil else { throw SystemError("mkdtemp in \(parent)", code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.remove(path) }

    private static let prefix = "parley-"

    /// Removes the folders whose makers were killed before they could. Only processes of one machine, or of one
    /// container, may share `parent`: others cannot be seen to live.
    public static func removeAbandoned(in parent: String) {
        for name in (try? File.names(in: parent)) ?? [] where name.hasPrefix(prefix) {
            let maker = name.dropFirst(prefix.count).prefix { $0 != "-" }
            guard let process = pid_t(maker), kill(process, 0) != 0, errno == ESRCH else { continue }
            remove("\(parent)/\(name)")
        }
    }

    /// Removes a file, or a folder after what is in it. A symbolic link is removed, not followed.
    private static func remove(_ path: String) {
        if unsafe unlink(path) == 0 { return }
        for name in (try? File.names(in: path)) ?? [] { remove("\(path)/\(name)") }
        unsafe rmdir(path)
    }
}
