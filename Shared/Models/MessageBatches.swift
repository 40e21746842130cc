import JSON
public import Postgres
public import Validation

/// Anthropic's Message Batches (https://platform.claude.com/docs/en/build-with-claude/batch-processing): many prompts in
/// one request, answered when the provider has time, within a day and for half the price.
public struct MessageBatches {
    /// One answer's prompt, which is asked several times.
    public struct Question {
        /// Of the request for this analysis: results are found again by it.
        public let id: Identifier
        /// The answer, for the ledger.
        public let subject: Identifier
        public let textSHA256: String
        public let prompt: Prompt

        public init(id: Identifier, subject: Identifier, textSHA256: String, prompt: Prompt) {
            self.id = id
            self.subject = subject
            self.textSHA256 = textSHA256
            self.prompt = prompt
        }
    }

    /// Where a batch is.
    public enum State {
        case underWay(isCancelling: Bool)
        case ended(BatchResults)
        /// The provider knows it no more: it keeps results for 29 days.
        case gone
    }

    let provider: Provider
    let session: Session
    var wait: ((Int) -> Void)?

    private static let path = "/v1/messages/batches"

    /// As the operator calls the provider.
    public var name: String { provider.name }
    public var model: String { provider.model(.standard) }

    private var exchange: Exchange { wait.map { Exchange(provider, wait: $0) } ?? Exchange(provider) }

    private var ledger: Ledger { Ledger(session: session, provider: provider, purpose: .rating, subject: nil) }

    /// Notes each question in the ledger, where it is refused what its candidate refused, and sends all.
    ///
    /// There is no way to ask whether a request arrived whose reply was lost: until it has ended, nothing that the provider
    /// tells of a batch is ours, and by then a day may have passed. It is sent again, and what came of the first one is
    /// never fetched.
    /// - Returns: the provider's name for the batch, or nil when the server has no batches.
    public func send(_ questions: [Question], samples: Int) throws(ModelFailure) -> String? {
        let call = try ledger.begin(questions.map { question in
            [
                "requestId": .string(question.id.description), "videoResponseId": .string(question.subject.description),
                "inputSha256": .string(question.prompt.inputSHA256),
                "schemaVersion": .string(Schema(question.prompt.schema).version), "textSha256": .string(question.textSHA256),
                "most": .integer(samples * (provider.most(question.prompt, model, isBatch: true) ?? 0)),
            ]
        }, as: questions.first?.prompt, model: model)
        let exchange = exchange
        var result = Ledger.Result(model: model)
        var sent: Swift.Result<String?, ModelFailure>
        do throws(ExchangeFailure) {
            let body: JSON = ["requests": .array(questions.flatMap { self.requests($0, samples) })]
            let reply = try exchange.post(Self.path, Array(body.description.utf8))
            guard let id = reply["id"]?.text, Self.isName(id) else { throw .garbled(detail: "the reply is no batch") }
            result.health = .up
            sent = .success(id)
        } catch {
            switch error {
            // The model is looked for later, so what is missing here is the address.
            case .stopped(.modelMissing, _), .rejected(status: 405, _), .rejected(status: 501, _): sent = .success(nil)
            default:
                let failure: ModelFailure
                (failure, result.health) = HostedModel.verdict(on: error)
                sent = .failure(failure)
                result.failure = failure
            }
        }
        result.attempts = exchange.attempts
        result.requestID = exchange.requestID
        ledger.finish(call, result)
        return try sent.get()
    }

    private func requests(_ question: Question, _ samples: Int) -> [JSON] {
        var prompt = question.prompt
        // All of a batch may be worked on at once: what one wrote into the cache the next would not find there yet.
        prompt.isRepeated = false
        let body = AnthropicMessages.body(Conversation(prompt: prompt), model: model, mostTokens: prompt.mostTokens)
        return (1...samples).map { sample in ["custom_id": .string(Self.name(of: question.id, sample)), "params": body] }
    }

    fileprivate static func name(of question: Identifier, _ sample: Int) -> String { "\(question)_\(sample)" }

    /// What may stand in a path.
    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.count <= 200 && text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"), UInt8(ascii: "-"): true
            default: false
            }
        }
    }

    /// - Parameter batch: the provider's name for it.
    public func state(of batch: String) throws(ModelFailure) -> State {
        do throws(ExchangeFailure) {
            switch try exchange.get("\(Self.path)/\(batch)")["processing_status"]?.text {
            case "ended":
                return .ended(BatchResults(provider: provider, lines: try exchange.getLines("\(Self.path)/\(batch)/results")))
            case "in_progress": return .underWay(isCancelling: false)
            case "canceling": return .underWay(isCancelling: true)
            default: throw .garbled(detail: "the reply is no batch")
            }
        } catch {
            if case .stopped(.modelMissing, _) = error { return .gone }
            throw HostedModel.verdict(on: error).0
        }
    }

    /// Has the provider stop working on a batch; what it has begun may still come to its end. One that has ended, or is
    /// not known, is left as it is: its state tells.
    /// - Parameter batch: the provider's name for it.
    public func cancel(_ batch: String) throws(ModelFailure) {
        do throws(ExchangeFailure) {
            _ = try exchange.post("\(Self.path)/\(batch)/cancel", [])
        } catch {
            switch error {
            case .rejected, .stopped(.modelMissing, _): return
            default: throw HostedModel.verdict(on: error).0
            }
        }
    }
}

/// What came of a batch, by question: providers give it in any order.
public struct BatchResults {
    /// Of an answer that was not come to before its batch was cancelled.
    public static let cancelled = ModelFailure.unavailable(retryAfter: nil, detail: "the batch was cancelled")

    let provider: Provider
    private let byName: [String: JSON]

    init(provider: Provider, lines: [JSON]) {
        self.provider = provider
        byName = Dictionary(lines.map { ($0["custom_id"]?.text ?? "", $0["result"] ?? .null) }) { first, _ in first }
    }

    /// One answer for each time that the question was asked. What does not fit the schema is not asked again.
    /// - Parameter id: of the question.
    public func answers(to prompt: Prompt, as id: Identifier, samples: Int) -> [Result<ModelAnswer, ModelFailure>] {
        let schema = Schema(prompt.schema)
        return (1...samples).map { sample in
            do throws(ModelFailure) {
                return .success(try answer(byName[MessageBatches.name(of: id, sample)], to: prompt, schema))
            } catch {
                return .failure(error)
            }
        }
    }

    private func answer(_ result: JSON?, to prompt: Prompt, _ schema: Schema) throws(ModelFailure) -> ModelAnswer {
        let message = try Self.message(in: result)
        let said: Said
        do { said = try AnthropicMessages.said(message) } catch { throw HostedModel.verdict(on: error).0 }
        switch said.stop {
        case .refused: throw .refused
        case .contextExceeded: throw .unusable(detail: "the material is longer than the model can read")
        case .truncated: throw .unusable(detail: "the answer is longer than \(prompt.mostTokens) tokens")
        case .paused: throw .unusable(detail: "the model paused")
        case .finished: break
        }
        do throws(Schema.Mismatch) {
            let value = try schema.normalized(try Questioner.json(in: said.text))
            return ModelAnswer(value: value, origin: origin(of: said, message, prompt, schema))
        } catch {
            throw .unusable(detail: "\(error)")
        }
    }

    private static func message(in result: JSON?) throws(ModelFailure) -> JSON {
        switch result?["type"]?.text {
        case "succeeded": return result?["message"] ?? .null
        case "expired": throw .unavailable(retryAfter: nil, detail: "it did not come to this within a day")
        case "canceled": throw cancelled
        case "errored":
            // As in Exchange: of an error, only its kind is kept.
            let kind = result?["error"]?["error"]?["type"]?.text ?? "error"
            if kind == "invalid_request_error" { throw .unusable(detail: "the request was refused: \(kind)") }
            throw .unavailable(retryAfter: nil, detail: String(kind.prefix(60)))
        default: throw .unusable(detail: "the batch has no result of it")
        }
    }

    private func origin(of said: Said, _ message: JSON, _ prompt: Prompt, _ schema: Schema) -> Origin {
        Origin(
            provider: provider.name, model: said.model, promptName: prompt.name, promptVersion: prompt.version,
            schemaVersion: schema.version, attempts: 1, requestId: message["id"]?.text, inputSHA256: prompt.inputSHA256,
            inputTokens: said.usage.input, outputTokens: said.usage.output, cachedTokens: said.usage.cacheRead,
            costMicroUSD: provider.cost(said.usage, model: said.model, isBatch: true))
    }

    /// What was used for a question, whether or not there is an answer.
    fileprivate func usage(of question: Identifier, samples: Int) -> (usage: Usage, model: String?) {
        let messages = (1...samples).compactMap { byName[MessageBatches.name(of: question, $0)]?["message"] }
            .compactMap { message in try? AnthropicMessages.said(message) }
        return (messages.reduce(Usage()) { $0 + $1.usage }, messages.first?.model)
    }
}

extension MessageBatches {
    /// Finishes a question's entry in the ledger, as part of the transaction that keeps its result.
    ///
    /// - Parameters:
    ///   - results: nil when there will be none.
    ///   - failure: why the answers were of no use; nil when they were.
    public func finish(
        _ call: Identifier, of question: Identifier, samples: Int, _ results: BatchResults?, _ failure: ModelFailure?,
        in transaction: Transaction
    ) {
        let used = results?.usage(of: question, samples: samples)
        transaction.queue(ledger.finishing(call, Ledger.Result(
            model: used?.model ?? model, attempts: samples, usage: used?.usage ?? Usage(), failure: failure, isBatch: true)))
    }
}
