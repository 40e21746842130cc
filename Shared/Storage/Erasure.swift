public import Endpoint
import POSIX

extension LocalStore {
    /// Removes all that there is of an object, the parts of an unfinished upload included.
    /// - Throws: `UNAVAILABLE` when something of it cannot be removed.
    public func erase(_ key: String) throws(Failure) {
        try discard(key)
        do { try File.remove(partsPath(of: key)) } catch {
            throw .unavailable("An unfinished upload could not be removed.", cause: error.description)
        }
    }

    /// Whether there is anything of an object.
    public func holds(_ key: String) -> Bool {
        File.version(of: path(of: key)) != nil || File.version(of: partsPath(of: key)) != nil
    }
}
