import Crypto
public import Endpoint
public import Postgres

/// Someone who is signed in and works for an organisation.
public struct Recruiter {
    /// Statements on the recruiter's behalf. They see and change their organisation's rows only;
    /// in SQL, `caller_account()` and `caller_organization()` say who that is.
    public let database: Session
}

extension Access where Caller == Recruiter {
    /// Whoever holds the session cookie.
    public static var recruiter: Self {
        session("recruiter") { hash, trace in "SELECT recruiter_session(\(hash), \(trace))" }
    }

    /// Whoever holds the session cookie of an administrator; other recruiters get 403.
    public static var administrator: Self {
        session("administrator") { hash, trace in "SELECT administrator_session(\(hash), \(trace))" }
    }

    private static func session(
        _ name: String, prelude: @escaping @Sendable (_ hash: [UInt8], _ trace: String) -> Statement
    ) -> Self {
        Access(name, credential: .cookie, failures: [.authRequired, .invalidToken, .accessDenied]) {
            environment throws(Failure) in
            let database = try Database(environment, as: .recruiter)
            let baseURL = try environment.baseURL()
            return Gate(
                identify: { request throws(Failure) in
                    guard let token = request.cookie(SessionCookie.name) else {
                        throw Failure(.authRequired, "Please sign in first.")
                    }
                    try refuseForeignPages(request, baseURL: baseURL)
                    let hash = SHA256.hash(token.utf8)
                    return Recruiter(database: database.session(prelude(hash, request.trace.traceparent)))
                },
                confirm: { recruiter throws(Failure) in try recruiter.database.confirm() },
                impersonate: { token, request throws(Failure) in
                    request.variables["HTTP_COOKIE"] = "\(SessionCookie.name)=\(token)"
                },
                keep: { recruiter, request, key, work throws(Failure) in
                    try KeptAnswers(environment).answer(request, key, in: recruiter.database, work)
                })
        }
    }
}

/// Refuses a change that another site's page asked for with this browser's cookie. SameSite=Lax
/// already keeps the cookie from most of them; this is the second lock.
private func refuseForeignPages(_ request: Request, baseURL: String) throws(Failure) {
    guard request.method != "GET", request.method != "HEAD" else { return }
    if let site = request.header("Sec-Fetch-Site"), site != "same-origin", site != "none" {
        throw .denied("This may only be asked for by this site's own pages.")
    }
    if let origin = request.header("Origin") {
        let host = request.header("Host") ?? ""
        guard origin == baseURL || origin == "http://\(host)" || origin == "https://\(host)" else {
            throw .denied("This may only be asked for by this site's own pages.")
        }
    }
}

/// The cookie that holds a session's token; the database has only its hash.
public enum SessionCookie {
    public static let name = "parley_session"

    /// How long a session lasts, in seconds.
    public static let lifetime = 12 * 3600

    /// The header that gives a browser the token, or takes it away.
    /// - Parameter isSecure: whether the site is reached by https.
    public static func header(token: String?, isSecure: Bool) -> Header {
        let age = token == nil ? 0 : lifetime
        return Header(
            "Set-Cookie",
            "\(name)=\(token ?? ""); Path=/; Max-Age=\(age); HttpOnly; SameSite=Lax\(isSecure ? "; Secure" : "")")
    }
}
