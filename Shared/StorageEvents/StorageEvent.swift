import ObjectStores

/// A provider's word that there is a new object, in the same terms for all of them. It is a hint: the store itself is
/// asked before anybody believes it.
public struct StorageEvent: Sendable, Equatable {
    /// The bucket's or container's name; with Vercel, the store's id.
    let bucket: String
    /// As it was granted, without any encoding.
    let key: String
    /// Bytes; nil where the provider does not say.
    let size: Int?
    /// What tells this object from any other that was at its key: its version or its entity tag; empty where the provider
    /// says neither.
    let version: String
    /// As the provider tells it; nil where it tells none.
    let tag: EntityTag?
    /// By which the provider knows the event; empty where it has no names for them.
    let id: String
}

/// Who tells of objects.
public enum StorageProvider: String, Codable, Sendable, CaseIterable {
    /// S3 and all that speak its protocol.
    case s3
    case azure
    case vercel
}

/// Why nothing came of what somebody told. Each is counted.
public enum StorageRefusal: String, Error, Codable, Sendable, CaseIterable {
    /// There is neither token nor signature, or this installation expects nobody by this way.
    case unsigned = "UNSIGNED"
    /// The token or the signature is not right, or what signed is not what we were told to believe.
    case forged = "FORGED"
    /// It is not what its provider writes.
    case malformed = "MALFORMED"
    /// It tells of something else than a new object.
    case otherEvent = "OTHER_EVENT"
    /// The object is in another bucket than ours.
    case otherBucket = "OTHER_BUCKET"
    /// Nobody was allowed to store anything at this key.
    case neverGranted = "NEVER_GRANTED"
    /// What was recorded there was given up.
    case givenUp = "GIVEN_UP"
    /// The same object was told of before.
    case toldBefore = "TOLD_BEFORE"
    /// The store has nothing at this key.
    case notThere = "NOT_THERE"
    /// The store has another size than was told.
    case otherSize = "OTHER_SIZE"
    /// The store has other bytes than were told of, by their entity tag.
    case otherBytes = "OTHER_BYTES"
    /// The object is not what was granted: its size, its type, its checksum or its first bytes. It is removed soon.
    case unfitContent = "UNFIT_CONTENT"
}
