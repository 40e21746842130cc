public import Endpoint
import JSON
import ObjectStores
public import Postgres
public import StoredObjects
public import Validation

/// Compares what the store has of an organisation with what the database knows, and puts right what a lost message or a crash
/// left behind:
///
/// - a permission was used and nobody told of it: the store is asked, and the recording counts from then on;
/// - an object belongs to nothing that there is: it is removed when it is old enough and its key is one that we make;
/// - an upload began and never ended: what arrived of it is removed.
///
/// Doing any of it twice, or by two at once, changes nothing more.
public struct Sweep {
    /// Younger objects and uploads may belong to what is about to be written down, in seconds. It is longer than
    /// any upload may take.
    public static let usualAge = 25 * 3600
    /// How many permissions are asked about at a time.
    private static let mostGrants = 1000

    public let organization: Identifier
    public private(set) var figures = SweepFigures()
    private let objects: StoredObjects
    private let session: Session
    private let oldest: Timestamp
    private let isRehearsal: Bool
    private let report: (SweepFinding) -> Void

    /// - Parameters:
    ///   - session: on behalf of the organisation, as a service.
    ///   - age: see ``usualAge``.
    ///   - isRehearsal: whether everything stays as it is, and is reported only.
    public init(
        of organization: Identifier, _ objects: StoredObjects, _ session: Session, age: Int = usualAge, isRehearsal: Bool = false,
        report: @escaping (SweepFinding) -> Void = { _ in }
    ) {
        self.organization = organization
        self.objects = objects
        self.session = session
        oldest = Timestamp.now.adding(seconds: -age)
        self.isRehearsal = isRehearsal
        self.report = report
    }

    private struct Grant: Decodable {
        let key: String
        let mimeType: String
    }

    // MARK: Permissions

    /// Asks the store, once for each, about permissions that have expired and that nobody told of.
    public mutating func askAboutGrants() throws(Failure) {
        let grants: [Grant] = try session.rows(
            """
            SELECT video_key AS key, mime_type FROM recording
            WHERE organization_id = caller_organization() AND status = 'GRANTED' AND swept_at IS NULL AND expires_at <= now()
                AND NOT EXISTS (SELECT FROM blob WHERE blob.key = video_key)
            ORDER BY expires_at LIMIT \(Self.mostGrants)
            """)
        for grant in grants {
            try confirm(grant)
            if !isRehearsal {
                try session.execute("UPDATE recording SET swept_at = now() WHERE video_key = \(grant.key)")
            }
        }
    }

    private mutating func confirm(_ grant: Grant) throws(Failure) {
        guard try objects.find(grant.key) != nil else { return }
        report(.unreported(key: grant.key))
        guard !isRehearsal else { return figures.confirmed += 1 }
        do throws(Failure) {
            if try objects.confirm(grant.key, contentType: grant.mimeType, in: session) != nil { figures.confirmed += 1 }
        } catch {
            guard [.validationFailed, .checksumMismatch].contains(error.code) else { throw error }
            report(.refused(key: grant.key))
            figures.refused += 1
        }
    }

    // MARK: Objects

    private struct Known: Decodable {
        let key: String
        let isKept: Bool
        /// Of a permission that nobody told of.
        let mimeType: String?
    }

    /// Looks at one page of the listing.
    /// - Returns: where it goes on; nil after the last page.
    public mutating func examine(after cursor: String?) throws(Failure) -> String? {
        let page = try objects.objects(of: organization, after: cursor)
        let own = page.items.filter { OwnKey.isOne($0.key, of: organization) }
        figures.examined += page.items.count
        let known: [Known] = try session.rows(
            """
            SELECT listed.key, r.mime_type,
                EXISTS (SELECT FROM blob WHERE blob.key = listed.key) OR EXISTS (SELECT FROM resume WHERE file_key = listed.key)
                    AS is_kept
            FROM jsonb_array_elements_text(\(JSON.array(own.map { .string($0.key) }))) AS listed (key)
            LEFT JOIN recording r ON r.video_key = listed.key AND r.status = 'GRANTED'
            """)
        let facts = Dictionary(known.map { ($0.key, $0) }) { first, _ in first }
        for object in own {
            guard let fact = facts[object.key], !fact.isKept else { continue }
            if let mimeType = fact.mimeType {
                try confirm(Grant(key: object.key, mimeType: mimeType))
            } else if object.storedAt < oldest {
                try remove(object)
            }
        }
        return page.next
    }

    private mutating func remove(_ object: ListedObject) throws(Failure) {
        report(.orphan(key: object.key, bytes: object.size))
        if !isRehearsal { try objects.discard(object.key) }
        figures.orphans += 1
        figures.orphanBytes += object.size
    }

    // MARK: Uploads

    public mutating func removeStaleUploads() throws(Failure) {
        var cursor: String?
        repeat {
            let page = try objects.uploads(of: organization, after: cursor)
            for item in page.items where item.begunAt < oldest && OwnKey.isOne(item.upload.key, of: organization) {
                report(.staleUpload(key: item.upload.key))
                if !isRehearsal { try objects.remove(item.upload) }
                figures.staleUploads += 1
            }
            cursor = page.next
        } while cursor != nil
        for path in try objects.spooled(before: oldest) {
            report(.staleUpload(key: path))
            if !isRehearsal { try objects.removeSpooled(path) }
            figures.staleUploads += 1
        }
    }
}

/// Something that a sweep came upon.
public enum SweepFinding: Sendable, Equatable {
    /// A recording had arrived, and nobody had told of it.
    case unreported(key: String)
    /// It was not what was granted, and is gone.
    case refused(key: String)
    case orphan(key: String, bytes: Int)
    case staleUpload(key: String)
}

/// How much a sweep came upon.
public struct SweepFigures: Codable, Sendable, Equatable {
    /// Objects that were looked at.
    public var examined = 0
    /// Recordings that had arrived without anybody telling of it.
    public var confirmed = 0
    /// Of what had arrived so, what was not what was granted.
    public var refused = 0
    public var orphans = 0
    public var orphanBytes = 0
    public var staleUploads = 0
}
