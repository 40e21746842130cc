import Endpoint
import JSON
import Postgres
import Validation

/// The database's side of calls: whether one may be made, what it cost, and how its provider is.
///
/// Each step is one short transaction of the session's organisation; none is open while a provider thinks.
struct Ledger {
    let session: Session
    let provider: Provider
    let purpose: Purpose
    let subject: Identifier?

    /// The same answer's or résumé's, for something else.
    func serving(_ other: Purpose) -> Ledger {
        Ledger(session: session, provider: provider, purpose: other, subject: subject)
    }

    /// What is noted of a call before it is sent.
    struct Intent {
        let model: String
        var promptName: String?
        var promptVersion: Int?
        var schemaVersion: String?
        let inputSHA256: String
        /// The most it may cost, in millionths of a dollar; nil where there is no price.
        let most: Int?
        /// The longest it may take.
        let seconds: Int
    }

    struct Permit: Decodable {
        let verdict: Verdict
        let call: Identifier?
        let retryAfter: Int?
        let detail: String?
        let rung: Int?

        enum Verdict: String, Choice {
            case go = "GO"
            case overBudget = "OVER_BUDGET"
            case resting = "RESTING"
        }
    }

    /// What came of a call.
    struct Result {
        let model: String
        var attempts = 0
        var requestID: String?
        var usage = Usage()
        /// Nil for an answer.
        var failure: ModelFailure?
        /// How the provider is: nil where the call says nothing about it.
        var health: Health?
        var rung: Int?
        /// Whether it was part of a batch.
        var isBatch = false
    }

    enum Health {
        case up, down
        case stopped(Stop)
    }

    /// - Returns: the call to finish, and the rung to begin at.
    func begin(_ intent: Intent) throws(ModelFailure) -> (call: Identifier, rung: Int) {
        let permit: Permit?
        do {
            permit = try session.transaction { transaction throws(Failure) in
                try transaction.row(
                    """
                    SELECT * FROM begin_ai_call(\(purpose), \(subject), \(provider.name), \(intent.model),
                        \(intent.promptName), \(intent.promptVersion.map { $0 })::integer, \(intent.schemaVersion),
                        \(intent.inputSHA256), \(intent.most ?? 0), make_interval(secs => \(Double(intent.seconds))))
                    """)
            }
        } catch {
            throw .unavailable(retryAfter: nil, detail: "the ledger: \(error.detail)")
        }
        return (try call(of: permit), permit?.rung ?? 0)
    }

    /// Notes a request that carries many answers, and each of them: see `begin_ai_batch`.
    /// - Returns: the call to finish when the request was sent.
    func begin(_ answers: [JSON], as prompt: Prompt?, model: String) throws(ModelFailure) -> Identifier {
        let permit: Permit?
        do {
            permit = try session.transaction { transaction throws(Failure) in
                try transaction.row(
                    """
                    SELECT *, NULL::integer AS rung FROM begin_ai_batch(\(provider.name), \(model), \(prompt?.name),
                        \(prompt?.version)::integer, \(JSON.array(answers)), make_interval(secs => \(Double(provider.timeoutSeconds * 4))))
                    """)
            }
        } catch {
            throw .unavailable(retryAfter: nil, detail: "the ledger: \(error.detail)")
        }
        return try call(of: permit)
    }

    private func call(of permit: Permit?) throws(ModelFailure) -> Identifier {
        switch permit?.verdict {
        case .overBudget: throw .overBudget
        case .resting: throw .unavailable(retryAfter: permit?.retryAfter, detail: permit?.detail ?? "it rests after failures")
        case .go, nil: break
        }
        guard let call = permit?.call else { throw .unavailable(retryAfter: nil, detail: "the ledger gave no call") }
        return call
    }

    func finish(_ call: Identifier, _ result: Result) {
        do {
            try session.transaction { transaction throws(Failure) in transaction.queue(finishing(call, result)) }
        } catch {
            // The call stays PENDING with what it may have cost, and the next one tells how the provider is.
            Log.write(.error, "ledger", function: "Models", detail: error.cause ?? error.detail)
        }
    }

    /// What finishes a call as part of another transaction.
    func finishing(_ call: Identifier, _ result: Result) -> Statement {
        var health: String?
        var stop: Stop?
        switch result.health {
        case .up: health = "UP"
        case .down: health = "DOWN"
        case .stopped(let why): (health, stop) = ("STOPPED", why)
        case nil: break
        }
        // A stop is looked at again every quarter of an hour, in case nobody presses a button after acting.
        let rest = stop == nil ? provider.restSeconds : max(900, provider.restSeconds)
        return """
            SELECT finish_ai_call(\(call), \(result.failure?.outcome ?? "ANSWERED"), \(result.failure?.description),
                \(result.model), \(result.attempts)::integer, \(result.requestID), \(result.usage.input)::integer,
                \(result.usage.cacheRead)::integer, \(result.usage.output)::integer, \(result.usage.seconds),
                \(provider.cost(result.usage, model: result.model, isBatch: result.isBatch)), \(health), \(stop?.rawValue),
                \(provider.failuresToRest)::integer, make_interval(secs => \(Double(rest))),
                \(result.rung)::integer)
            """
    }
}

extension ModelFailure {
    fileprivate var outcome: String {
        switch self {
        case .unavailable, .overBudget: "UNAVAILABLE"
        case .refused: "REFUSED"
        case .unusable: "UNUSABLE"
        }
    }
}
