import Crypto
import Endpoint
import Postgres
import Validation

/// What was answered to requests with an ``IdempotencyKey``. Answers may hold links and secrets,
/// so they are kept sealed.
struct KeptAnswers {
    private let box: SealedBox

    init(_ environment: Environment) throws(Failure) { box = SealedBox(key: try environment.key(for: "kept answers")) }

    private struct Earlier: Decodable {
        let isSame: Bool
        /// Base 64 of the sealed bytes; nil once what they were about is deleted.
        let answer: String?
    }

    /// As ``Gate/Keeper``: taking the key, the work and keeping the answer are one transaction.
    /// Whoever comes with the same key meanwhile waits for its end.
    /// - Parameter session: on behalf of the one whose key it is.
    func answer(
        _ request: Request, _ key: IdempotencyKey, in session: Session, _ work: () throws(Failure) -> [UInt8]
    ) throws(Failure) -> [UInt8]? {
        try session.transaction { transaction throws(Failure) in
            let fingerprint = try Self.fingerprint(of: request)
            let earlier: Earlier? = try transaction.row(
                "SELECT is_same, answer FROM take_key(\(key.text), \(fingerprint))")
            if let earlier {
                guard let kept = earlier.answer else {
                    throw Failure(.keyReused, "What was answered under this Idempotency-Key is deleted, with what it was about. Make a new one.")
                }
                guard earlier.isSame else {
                    throw Failure(.keyReused, "This Idempotency-Key was used for another request. Make a new one.")
                }
                guard let answer = Base64.decode(kept).flatMap(box.open) else {
                    throw .internal("a kept answer cannot be opened")
                }
                return answer
            }
            let answer = try transaction.enclose(work)
            let about = "{\(Self.identifiers(in: request, answer).map(\.description).joined(separator: ","))}"
            transaction.queue("SELECT keep_answer(\(key.text), \(Base64.encode(box.seal(answer))), \(about)::uuid[])")
            return nil
        }
    }

    /// The ids that stand in a request and its answer, wherever they do: also within the keys of objects.
    private static func identifiers(in request: Request, _ answer: [UInt8]) -> Set<Identifier> {
        let query = request.variables["QUERY_STRING"] ?? ""
        let fields = request.form?.fields.map(\.value) ?? []
        let texts = ([request.path, query] + fields).map { Array($0.utf8) } + [request.body, answer]
        let dash = UInt8(ascii: "-")
        return texts.reduce(into: Set()) { found, text in
            for start in text.indices.dropLast(35) where text[start + 8] == dash && text[start + 23] == dash {
                if let id = Identifier(String(decoding: text[start..<start + 36], as: UTF8.self)) { found.insert(id) }
            }
        }
    }

    /// Of what makes two requests the same: method, address and body. A form is the same with another boundary.
    private static func fingerprint(of request: Request) throws(Failure) -> [UInt8] {
        let query = request.variables["QUERY_STRING"] ?? ""
        let fields = request.form?.fields.flatMap { [$0.name, $0.value] } ?? []
        let file = request.form?.file
        let head = ([request.method, request.path, query] + fields + [file?.name].compactMap { $0 })
            .map { "\($0.utf8.count):\($0)" }.joined()
        do {
            let sent = try file.map { try SHA256.hash(file: $0.spool, $0.range) } ?? []
            return SHA256.hash(Array(head.utf8) + request.body + sent)
        } catch {
            throw .unavailable("The body could not be read. Please try again.", cause: "\(error)")
        }
    }
}
