import Crypto
public import Documents
public import Endpoint
import Events
import JSON
public import Postgres
public import Validation

/// A new version of a candidate's resume, before it is kept.
public struct ResumeArrival {
    /// How many files an account may upload within an hour.
    public static let mostAnHour = 3

    public let id = Identifier.new()
    public let candidate: Identifier
    public let kind: ResumeKind
    /// Nil for pasted text.
    public let fileName: String?
    public let size: Int
    public let sha256: [UInt8]
    /// Nil as long as nobody has read it.
    public let document: DocumentText?

    public init(
        for candidate: Identifier, kind: ResumeKind, fileName: String?, size: Int, sha256: [UInt8], document: DocumentText?
    ) {
        self.candidate = candidate
        self.kind = kind
        self.fileName = fileName
        self.size = size
        self.sha256 = sha256
        self.document = document
    }

    /// - Throws: `VALIDATION_FAILED` for a text without any words.
    public init(pasted text: String, for candidate: Identifier) throws(Failure) {
        let document = DocumentText(pasted: text)
        guard !document.text.isEmpty else { throw .invalid("resumeText", "must not be blank") }
        self.init(
            for: candidate, kind: .pasted, fileName: nil, size: text.utf8.count, sha256: SHA256.hash(text.utf8),
            document: document)
    }

    private struct Situation: Decodable {
        let isCandidateThere: Bool
        let waitSeconds: Int
        let knownVersion: Int?
        let nextVersion: Int
        let key: String
    }

    /// Makes all who bring something for this candidate, or in this account's name, wait for each other until the
    /// transaction ends.
    public static func hold(_ candidate: Identifier, _ transaction: Transaction) {
        transaction.queue("SELECT hold_resumes(\(candidate))")
    }

    private static func query(_ candidate: Identifier, _ sha256: [UInt8], _ file: String) -> Statement {
        """
        SELECT EXISTS (SELECT FROM candidate WHERE id = \(candidate)) AS is_candidate_there,
            resume_upload_wait(\(mostAnHour)::integer) AS wait_seconds, known.version AS known_version,
            coalesce((SELECT max(version) FROM resume WHERE candidate_id = \(candidate)), 0) + 1 AS next_version,
            concat_ws('/', caller_organization(), \(candidate), \(file)::text) AS key
        FROM (VALUES (1)) one LEFT JOIN (
            SELECT version, sha256, status FROM resume WHERE candidate_id = \(candidate) ORDER BY version DESC LIMIT 1) known
            ON known.sha256 = \(sha256) AND known.status <> 'FAILED'
        """
    }

    /// Looks before anything is read whether it would be kept.
    /// - Returns: the version that is this very document; it changes nothing and counts for nothing.
    /// - Throws: `NOT_FOUND`, and `RATE_LIMITED` for one upload too many.
    public static func check(
        _ candidate: Identifier, isFile: Bool, sha256: [UInt8], _ session: Session
    ) throws(Failure) -> Int? {
        let situation: Situation? = try session.row(query(candidate, sha256, ""))
        return try situation.map { situation throws(Failure) in try check(situation, isFile: isFile) } ?? nil
    }

    private static func check(_ situation: Situation, isFile: Bool) throws(Failure) -> Int? {
        guard situation.isCandidateThere else { throw .notFound("candidate") }
        if let version = situation.knownVersion { return version }
        guard !isFile || situation.waitSeconds == 0 else {
            throw Failure(
                .rateLimited,
                "You have uploaded \(mostAnHour) resumes within the last hour, which is as many as one person may. Wait a little, or paste the text.",
                headers: [Header("Retry-After", String(situation.waitSeconds))])
        }
        return nil
    }

    /// Where a version went.
    public struct Place {
        public let version: Int
        /// Of the file in the blob store; nil for text, and when the candidate's newest version is the same document.
        public let key: String?
    }

    /// Writes the version down, unless the candidate's newest one is the same. The rules read at once what they can;
    /// a model, or whoever reads the pictures of a scan, is told of it.
    ///
    /// - Parameter hasModel: whether the organisation's resumes are read by a model.
    /// - Throws: as ``check(_:isFile:sha256:_:)``.
    public func save(hasModel: Bool, _ transaction: Transaction) throws(Failure) -> Place {
        Self.hold(candidate, transaction)
        let isFile = kind != .pasted
        let situation: Situation? = try transaction.row(Self.query(candidate, sha256, "\(id).\(kind.fileExtension)"))
        guard let situation else { throw .internal("a row without a source is missing") }
        if let version = try Self.check(situation, isFile: isFile) { return Place(version: version, key: nil) }
        let place = Place(version: situation.nextVersion, key: isFile ? situation.key : nil)
        let readable = hasModel ? nil : document
        try write(at: place, readable == nil ? .reading : .complete, transaction)
        if let readable {
            try LabeledReading.offline(readable).save(for: id, transaction)
        } else {
            transaction.emit(.resumeReceived, ["resumeId": .string(id.description)])
        }
        return place
    }

    private func write(at place: Place, _ status: ResumeStatus, _ transaction: Transaction) throws(Failure) {
        let document = try self.document.map { document throws(Failure) in try JSON(writing: document) }
        transaction.queue(
            """
            INSERT INTO resume (
                id, organization_id, candidate_id, version, kind, file_key, file_name, size_bytes, sha256, status, document, account_id)
            VALUES (\(id), caller_organization(), \(candidate), \(place.version), \(kind.rawValue), \(place.key), \(fileName),
                \(size), \(sha256), \(status.rawValue), \(document), caller_account())
            """)
        ResumeAccess.note(.uploaded, candidate, version: place.version, transaction)
    }
}

/// What is written down of everybody who brings, opens or takes back a version.
public enum ResumeAccess: String, Choice {
    case uploaded = "UPLOADED"
    case opened = "OPENED"
    case removed = "REMOVED"

    public static func note(_ action: ResumeAccess, _ candidate: Identifier, version: Int, _ transaction: Transaction) {
        transaction.queue(
            """
            INSERT INTO resume_access (organization_id, candidate_id, version, account_id, action)
            VALUES (caller_organization(), \(candidate), \(version), caller_account(), \(action.rawValue))
            """)
    }
}
