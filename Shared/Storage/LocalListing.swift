public import Endpoint
public import ObjectStores
import POSIX
public import Validation

extension LocalStore {
    /// The objects of an organisation, folder by folder, in order.
    /// - Parameter cursor: the folder that the page before this one ended with.
    public func objects(of organization: Identifier, after cursor: String?) throws(Failure) -> StorePage<ListedObject> {
        let place = path(of: organization.description)
        var items: [ListedObject] = []
        for folder in try names(in: place) where folder > cursor ?? "" {
            for name in try names(in: "\(place)/\(folder)") {
                guard let file = File.version(of: "\(place)/\(folder)/\(name)") else { continue }
                items.append(
                    ListedObject(
                        key: "\(organization)/\(folder)/\(name)", size: file.size,
                        storedAt: Timestamp(microseconds: file.modified / 1000)))
            }
            if items.count >= Self.itemsOfAPage { return StorePage(items: items, next: folder) }
        }
        return StorePage(items: items, next: nil)
    }

    /// The files in which parts of an organisation's uploads are joined, each with when something arrived last.
    public func uploads(of organization: Identifier) throws(Failure) -> [ListedUpload] {
        var uploads: [ListedUpload] = []
        let place = partsPath(of: organization.description)
        for folder in try names(in: place) {
            for name in try names(in: "\(place)/\(folder)") {
                guard let file = File.version(of: "\(place)/\(folder)/\(name)") else { continue }
                uploads.append(
                    ListedUpload(
                        upload: PartialUpload(key: "\(organization)/\(folder)/\(name)", name: ""),
                        begunAt: Timestamp(microseconds: file.modified / 1000)))
            }
        }
        return uploads
    }

    /// What nginx or a function received and left behind, as when it was killed.
    public func spooled(before: Timestamp) throws(Failure) -> [String] {
        try names(in: spool).map { "\(spool)/\($0)" }.filter { path in
            File.version(of: path).map { $0.modified / 1000 < before.microseconds } ?? false
        }
    }

    /// About how many objects a page has.
    private static let itemsOfAPage = 1000

    /// A folder that was never needed is empty.
    private func names(in folder: String) throws(Failure) -> [String] {
        guard File.version(of: folder) != nil else { return [] }
        do { return try File.names(in: folder) } catch {
            throw .unavailable("The recordings' store cannot be read.", cause: error.description)
        }
    }
}
