public import Endpoint
public import Events
import Validation

/// Somebody who was asked to review an interview, as events name them.
public struct ReviewerNotice: Decodable, Sendable {
    let interviewId: Identifier
    let accountId: Identifier
}

extension Correspondence {
    /// Mails a reviewer, unless they are not asked any more or know already that the interview is ready.
    ///
    /// - Parameters:
    ///   - kind: `reviewAsked` or `reviewReady`.
    ///   - isDue: what else has to be so.
    /// - Throws: as ``send(_:about:to:asked:previousDeadlineAt:if:)``.
    public func tell(
        _ reviewer: ReviewerNotice, _ kind: MailKind, asked caller: Service, if isDue: (InterviewFacts) -> Bool = { _ in true }
    ) throws(Failure) {
        try send(kind, about: reviewer.interviewId, to: reviewer.accountId, asked: caller) {
            $0.reviewerIsAsked && $0.isUndecided && !$0.reviewerKnows && isDue($0)
        }
    }
}
