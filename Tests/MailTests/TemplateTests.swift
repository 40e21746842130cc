import FoundationEssentials
import Mail
import Testing

@Suite struct TemplateTests {
    private let date = Date(timeIntervalSince1970: 1_795_251_907)

    private func invitation(
        jobTitle: String = "Nurse", introMessage: String? = nil, questionCount: Int = 3, timeLimitSeconds: Int = 120,
        url: String = "https://parley.example/interview/abc"
    ) throws(MailError) -> MailMessage {
        try Invitation(
            candidateName: "Zoë <b>", jobTitle: jobTitle, organization: "Care & Co", introMessage: introMessage,
            questionCount: questionCount, timeLimitSeconds: timeLimitSeconds, deadlineAt: date, candidateURL: url,
            contactEmail: "recruiter@example.org"
        ).message(
            from: Mailbox("parley@example.org"), to: Mailbox("zoe@example.org"), messageID: "1@parley.example", date: date)
    }

    @Test func invites() throws {
        let message = try invitation(introMessage: "Welcome!\r\n\r\nTake your time.")
        #expect(message.subject == "Your video interview for Nurse at Care & Co")
        #expect(message.replyTo?.address == "recruiter@example.org")
        #expect(
            message.text == """
                Hi Zoë <b>,

                You've been invited to complete a video interview for the Nurse position at Care & Co.

                Welcome!

                Take your time.

                - 3 questions
                - 2 minutes per question
                - Must be completed by Saturday, 21 November 2026, 09:05 UTC

                Begin Interview: https://parley.example/interview/abc

                If you have technical difficulties, contact recruiter@example.org.
                """)
    }

    @Test func saysTheSameInHTML() throws {
        let html = try invitation(introMessage: "<img src=x>").html.source
        for part in [
            "<title>Your video interview for Nurse at Care &amp; Co</title>", "<p>Hi Zoë &lt;b&gt;,</p>",
            "<p>You&#39;ve been invited to complete a video interview for the Nurse position at Care &amp; Co.</p>",
            "<p>&lt;img src=x&gt;</p>", "<li>3 questions</li>", "<li>2 minutes per question</li>",
            "<li>Must be completed by Saturday, 21 November 2026, 09:05 UTC</li>",
            "<a class=\"button\" href=\"https://parley.example/interview/abc\">Begin Interview</a>",
            "If you have technical difficulties, contact recruiter@example.org.",
        ] {
            #expect(html.contains(part))
        }
    }

    @Test(arguments: [
        (1, 60, "- 1 question\n- 1 minute per question"), (2, 90, "- 2 questions\n- 1 minute 30 seconds per question"),
        (1, 45, "- 1 question\n- 45 seconds per question"), (4, 601, "- 4 questions\n- 10 minutes 1 second per question"),
    ])
    func counts(questions: Int, seconds: Int, text: String) throws {
        #expect(try invitation(questionCount: questions, timeLimitSeconds: seconds).text.contains(text))
    }

    @Test(arguments: ["javascript:alert(1)", "", "data:text/html,x", "//parley.example", "https://a\nb", "HTTP:x"])
    func refusesLinks(url: String) {
        #expect(throws: MailError.invalidLink) { try invitation(url: url) }
    }

    @Test func refusesJobTitlesThatAddHeaders() {
        #expect(throws: MailError.controlCharacter(in: "subject")) {
            try invitation(jobTitle: "Nurse\r\nBcc: all@example.org")
        }
    }

    @Test func tellsTheRecruiter() throws {
        let message = try ReadyToReview(
            recipientName: "Ada", candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", answerCount: 3,
            submittedAt: date, reviewURL: "https://parley.example/async-interviews/1"
        ).message(
            from: Mailbox("parley@example.org"), to: Mailbox("ada@example.org"), messageID: "2@parley.example", date: date)
        #expect(message.subject == "Ready to review: Zoë for Nurse")
        for part in [
            "Hi Ada,", "Zoë has completed the video interview for the Nurse position at Care & Co", "- 3 answers",
            "- Submitted Saturday, 21 November 2026, 09:05 UTC",
            "Review Interview: https://parley.example/async-interviews/1",
        ] {
            #expect(message.text.contains(part))
        }
        #expect(message.html.source.contains("at Care &amp; Co, and it is ready to review."))
    }

    @Test func tellsWhoeverWasAskedBefore() throws {
        let text = try text(of: ReadyToReview(
            recipientName: "Rea", isAsked: true, candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", answerCount: 3,
            submittedAt: date, reviewURL: "https://parley.example/async-interviews/1"))
        #expect(text.contains("Hi Rea,") && text.contains("You were asked to score every answer on your own"))
        #expect(text.contains("the scores are yours") && !text.contains("the decision is yours"))
    }

    @Test(arguments: [true, false])
    func tellsWhoeverIsAskedToReview(isSubmitted: Bool) throws {
        let letter = ReviewAsked(
            reviewerName: "Rea", candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", questionCount: 3,
            submittedAt: isSubmitted ? date : nil, reviewURL: "https://parley.example/async-interviews/1")
        #expect(letter.subject == "Please review: Zoë for Nurse")
        let state = isSubmitted ? "Submitted Saturday, 21 November 2026, 09:05 UTC" : "Not submitted yet: you can score it once it is"
        for part in [
            "Hi Rea,", "to review the video interview of Zoë for the Nurse position at Care & Co", "- 3 questions\n- \(state)",
            "Open Interview: https://parley.example/async-interviews/1",
        ] {
            #expect(try text(of: letter).contains(part))
        }
    }

    @Test(arguments: [(false, "Your account at Care & Co"), (true, "Choose a new password for Care & Co")])
    func bringsALinkToChooseAPassword(hasJoined: Bool, subject: String) throws {
        let letter = PasswordLink(
            name: "Rea", email: "rea@example.org", organization: "Care & Co", hasJoined: hasJoined, expiresAt: date,
            linkURL: "https://parley.example/password#abc")
        #expect(letter.subject == subject)
        for part in [
            "Hi Rea,", "- You sign in as rea@example.org\n- The link works once, until Saturday, 21 November 2026, 09:05 UTC",
            "Choose Password: https://parley.example/password#abc",
        ] {
            #expect(try text(of: letter).contains(part))
        }
        #expect(try text(of: letter).contains("yours stays as it is") == hasJoined)
    }

    private func text(of letter: any Letter) throws -> String {
        try letter.message(
            from: Mailbox("parley@example.org"), to: Mailbox("zoe@example.org"), messageID: "1@parley.example", date: date).text
    }

    @Test(arguments: [(0, "Begin Interview"), (2, "Continue Interview")])
    func reminds(answers: Int, action: String) throws {
        let reminder = Reminder(
            candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", questionCount: 3, answerCount: answers,
            deadlineAt: date, candidateURL: "https://parley.example/interview/abc", contactEmail: "recruiter@example.org")
        #expect(reminder.subject == "Reminder: your video interview for Nurse at Care & Co")
        #expect(reminder.unsubscribe == "recruiter@example.org")
        #expect(
            try text(of: reminder) == """
                Hi Zoë,

                Your video interview for the Nurse position at Care & Co is still open.

                - \(answers) of 3 questions answered
                - Must be completed by Saturday, 21 November 2026, 09:05 UTC

                \(action): https://parley.example/interview/abc

                This is the only reminder for this deadline. If you need more time or have technical difficulties, contact recruiter@example.org.
                """)
    }

    @Test func confirms() throws {
        let receipt = Receipt(
            candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co",
            answers: [
                .init(position: 1, form: .video(seconds: 90)), .init(position: 2, form: .text(characters: 1)),
                .init(position: 3, form: .video(seconds: 0)),
            ],
            submittedAt: date, candidateURL: "https://parley.example/interview/abc", contactEmail: "recruiter@example.org")
        #expect(receipt.replyTo == "recruiter@example.org" && receipt.unsubscribe == nil)
        #expect(
            try text(of: receipt).contains(
                """
                - Submitted Saturday, 21 November 2026, 09:05 UTC
                - Question 1: video, 1 minute 30 seconds
                - Question 2: written answer, 1 character
                - Question 3: video, 0 seconds

                View Submission: https://parley.example/interview/abc
                """))
    }

    @Test func tellsOfAnotherDeadline() throws {
        func change(before: Date?) -> DeadlineChange {
            DeadlineChange(
                candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", deadlineAt: date, previousDeadlineAt: before,
                candidateURL: "https://parley.example/interview/abc", contactEmail: "recruiter@example.org")
        }
        let known = try text(of: change(before: date.addingTimeInterval(-86400)))
        #expect(known.contains("- Must be completed by Saturday, 21 November 2026, 09:05 UTC\n- Before: Friday, 20 November 2026, 09:05 UTC"))
        #expect(try !text(of: change(before: nil)).contains("Before"))
    }

    @Test func withdraws() throws {
        let letter = Cancellation(
            candidateName: "Zoë", jobTitle: "Nurse", organization: "Care & Co", contactEmail: "recruiter@example.org")
        let message = try letter.message(
            from: Mailbox("parley@example.org"), to: Mailbox("zoe@example.org"), messageID: "1@parley.example", date: date)
        #expect(message.subject == "Withdrawn: your video interview for Nurse at Care & Co")
        #expect(message.text.hasSuffix("there is nothing for you to do.\n\nIf you have questions, contact recruiter@example.org."))
        #expect(!message.html.source.contains("href") && !message.html.source.contains("<ul>"))
    }
}
