import Changes
import Endpoint
import Identity
import Interviews
import Postgres
import Validation

/// Does the same with many interviews at once. Each that allows it is changed; of each of the others
/// the answer says why it was not.
@main struct ChangeInterviews: Endpoint {
    static let route = Route.post("/api/async-interviews/bulk")
    static let access = Access.recruiter
    static let summary = "Send, resend, cancel or restore many interviews, or move their deadlines"

    struct Input: Decodable {
        let action: Action
        let interviewIds: List<Identifier, 1, 100>
        /// Required with `MOVE_DEADLINE`.
        let deadlineAt: FutureDate?
    }

    enum Action: String, Choice {
        case send = "SEND"
        case resend = "RESEND"
        case moveDeadline = "MOVE_DEADLINE"
        case cancel = "CANCEL"
        case restore = "RESTORE"
    }

    struct Output: Codable {
        let changedCount: Int
        /// One for each id, in their order; one for those that were given twice.
        let results: [Result]
    }

    struct Result: Codable {
        let id: Identifier
        let isChanged: Bool
        /// After the change; null if there was none.
        let status: InterviewStatus?
        let deadlineAt: Timestamp?
        /// Why there was none: a code such as `CONFLICT`, and a sentence.
        let code: String?
        let detail: String?
    }

    init(_ environment: Environment) {}

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let change: Change
        do throws(Failure) {
            change = try Self.change(input)
        } catch {
            // Strangers learn nothing of what is accepted.
            try caller.database.confirm()
            throw error
        }
        let results = try caller.database.transaction { transaction throws(Failure) in
            try change.apply(to: Self.distinct(input.interviewIds.elements), transaction).map(Self.result)
        }
        return Output(changedCount: results.count(where: \.isChanged), results: results)
    }

    private static func change(_ input: Input) throws(Failure) -> Change {
        guard input.action == .moveDeadline || input.deadlineAt == nil else {
            throw .invalid("deadlineAt", "has a meaning with MOVE_DEADLINE only")
        }
        switch input.action {
        case .send: return .send
        case .resend: return .resend
        case .cancel: return .cancel
        case .restore: return .restore
        case .moveDeadline:
            guard let deadline = input.deadlineAt else { throw .invalid("deadlineAt", "is required with MOVE_DEADLINE") }
            return .moveDeadline(to: deadline.value)
        }
    }

    private static func distinct(_ ids: [Identifier]) -> [Identifier] {
        var seen: Set<Identifier> = []
        return ids.filter { seen.insert($0).inserted }
    }

    private static func result(_ outcome: Change.Outcome) -> Result {
        switch outcome.result {
        case .success(let changed):
            Result(id: outcome.id, isChanged: true, status: changed.status, deadlineAt: changed.deadlineAt, code: nil, detail: nil)
        case .failure(let failure):
            Result(
                id: outcome.id, isChanged: false, status: nil, deadlineAt: nil, code: failure.code.rawValue, detail: failure.detail)
        }
    }
}
