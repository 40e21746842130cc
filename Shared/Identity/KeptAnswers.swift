import Crypto
import Endpoint
import Postgres

/// What was answered to requests with an ``IdempotencyKey``. Answers may hold links and secrets,
/// so they are kept sealed.
struct KeptAnswers {
    private let box: SealedBox

    init(_ environment: Environment) throws(Failure) { box = SealedBox(key: try environment.key(for: "kept answers")) }

    private struct Earlier: Decodable {
        let isSame: Bool
        /// Base 64 of the sealed bytes.
        let answer: String
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
                guard earlier.isSame else {
                    throw Failure(.keyReused, "This Idempotency-Key was used for another request. Make a new one.")
                }
                guard let answer = Base64.decode(earlier.answer).flatMap(box.open) else {
                    throw .internal("a kept answer cannot be opened")
                }
                return answer
            }
            let answer = try transaction.enclose(work)
            transaction.queue("SELECT keep_answer(\(key.text), \(Base64.encode(box.seal(answer))))")
            return nil
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
