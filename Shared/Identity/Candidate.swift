import Crypto
public import Endpoint
public import Postgres
public import Validation

/// Someone who was invited to an interview and has the link.
public struct Candidate {
    /// Statements on the candidate's behalf. They reach this one interview; in SQL,
    /// `caller_interview()` is its id.
    public let database: Session
}

extension Access where Caller == Candidate {
    /// Whoever holds the link of an interview in which something can be begun: the deadline has
    /// not passed (410) and it was not submitted (409).
    public static var candidate: Self { invitation("candidate", to: .begin) }

    /// Whoever holds the link of an interview in which something can be finished, which may be
    /// after the deadline: see `candidate_session` in the schema. The route itself makes sure
    /// that it began before.
    public static var candidateFinishing: Self { invitation("candidateFinishing", to: .finish) }

    /// Whoever holds the link of an interview that has not expired, submitted or not.
    public static var candidateReading: Self { invitation("candidateReading", to: .read) }

    private enum Purpose: String {
        case begin, finish, read
    }

    private static func invitation(_ name: String, to purpose: Purpose) -> Self {
        let failures: [Failure.Code] = [.invalidToken, .accessDenied, .gone]
        return Access(name, credential: .pathToken, failures: failures + (purpose == .read ? [] : [.conflict])) {
            environment throws(Failure) in
            let database = try Database(environment, as: .candidate)
            return Gate(
                identify: { request throws(Failure) in
                    let hash = Invitations.hash(request.pathValues["token"] ?? "")
                    return Candidate(
                        database: database.session(
                            "SELECT candidate_session(\(hash), \(request.trace.traceparent), \(purpose.rawValue))"))
                },
                confirm: { candidate throws(Failure) in try candidate.database.confirm() },
                impersonate: { _, _ throws(Failure) in
                    throw .invalid("as", "has no meaning here: the token stands in the path")
                },
                keep: { _, request, key, work throws(Failure) in
                    // What was answered is answered again, also when nothing more can be begun or finished.
                    let hash = Invitations.hash(request.pathValues["token"] ?? "")
                    let holder = database.session("SELECT invitation_holder(\(hash))")
                    return try KeptAnswers(environment).answer(request, key, in: holder, work)
                })
        }
    }
}

/// The tokens in interview links. A token is 256 bits derived from the interview's id with the
/// installation's secret: it can be shown again to a recruiter, while the database has only its hash.
public struct Invitations: Sendable {
    private let key: [UInt8]
    private let baseURL: String

    public init(_ environment: Environment) throws(Failure) {
        key = try environment.key(for: "invitation")
        baseURL = try environment.baseURL()
    }

    /// 43 characters of base64url.
    public func token(for interview: Identifier) -> String {
        Base64URL.encode(HMACSHA256.sign(interview.description.utf8, key: key))
    }

    /// The address a candidate opens.
    public func url(for interview: Identifier) -> String { "\(baseURL)/interview/\(token(for: interview))" }

    /// What the database keeps of a token.
    public static func hash(_ token: String) -> [UInt8] { SHA256.hash(token.utf8) }
}
