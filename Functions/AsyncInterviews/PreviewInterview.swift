import Endpoint
import FoundationEssentials
import Identity
import Interviews
import Mail
import Postgres
import Validation

/// Shows an interview before it is created: the invitation and what its candidate will see. Nothing is kept.
@main struct PreviewInterview: Endpoint {
    static let route = Route.post("/api/async-interviews/preview")
    static let access = Access.recruiter
    static let summary = "Preview an interview's invitation and its candidate's page"
    static let failures: [Failure.Code] = [.notFound, .conflict]

    typealias Input = InterviewDraft

    struct Output: Codable {
        let invitation: Message
        let candidateView: CandidateView
        /// What the candidate will be asked to agree to, in each language.
        let consents: [Consent]
    }

    struct Message: Codable {
        let to: String
        let subject: String
        let text: String
        let html: String
    }

    struct Consent: Codable {
        let version: String
        let locale: ConsentLocale
        let items: [ConsentItem]
    }

    let invitations: Invitations

    init(_ environment: Environment) throws(Failure) { invitations = try Invitations(environment) }

    func handle(_ input: Input, from caller: Recruiter) throws(Failure) -> Output {
        let view: CandidateView? = try caller.database.row(CandidateView.preview(of: input))
        guard let view else { throw .notFound("active assessment or candidate") }
        let asksForVideo = view.questions.contains { $0.type != .asyncText }
        return Output(
            invitation: try message(input, view), candidateView: view,
            consents: ConsentLocale.allCases.map { locale in
                Consent(
                    version: ConsentText.version, locale: locale,
                    items: ConsentItem.all(in: locale, asksForVideo: asksForVideo))
            })
    }

    /// Written as `MailInvitation` writes it; only the link is not there yet.
    private func message(_ input: Input, _ view: CandidateView) throws(Failure) -> Message {
        let invitation = Invitation(
            candidateName: view.candidate.name, jobTitle: view.assessment.jobTitle, organization: view.organization.name,
            introMessage: input.introMessage?.value, questionCount: view.questionCount,
            timeLimitSeconds: input.timeLimitSeconds.value, deadlineAt: Date(input.deadlineAt.value),
            candidateURL: invitations.placeholder, contactEmail: view.contactEmail)
        let address = input.invitationEmail.value
        do {
            let mail = try invitation.message(
                from: Mailbox(view.contactEmail), to: Mailbox(address, name: view.candidate.name), messageID: "preview@localhost",
                date: Date(Timestamp.now))
            return Message(to: address, subject: mail.subject, text: mail.text, html: mail.html.source)
        } catch {
            throw Failure(.conflict, "The invitation cannot be written: a name or the address holds what mail cannot carry.", cause: "mail: \(error)")
        }
    }
}
