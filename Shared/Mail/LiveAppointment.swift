public import FoundationEssentials

/// What tells somebody of a live interview: that it is scheduled, changed or cancelled.
public struct LiveAppointment: Letter {
    public enum News: Sendable {
        case scheduled
        /// Changed; with when it was to be before, as people read it, where that is another time.
        case moved(previously: String?)
        /// With a word on why.
        case cancelled(reason: String?)
        /// An interviewer need not come any more; others hold it.
        case released
    }

    /// Who meets whom about what.
    public struct Meeting: Sendable {
        public let id: String
        public let sequence: Int
        public let candidateName: String
        public let jobTitle: String
        public let organization: String
        public let interviewers: [String]
        public let start: Date
        public let end: Date
        /// `Tuesday, 24 November 2026, 10:00` in `timeZone`.
        public let localStart: String
        public let timeZone: String
        public let place: String?
        public let meetingURL: String?
        public let note: String?

        public init(
            id: String, sequence: Int, candidateName: String, jobTitle: String, organization: String, interviewers: [String],
            start: Date, end: Date, localStart: String, timeZone: String, place: String?, meetingURL: String?, note: String?
        ) {
            self.id = id
            self.sequence = sequence
            self.candidateName = candidateName
            self.jobTitle = jobTitle
            self.organization = organization
            self.interviewers = interviewers
            self.start = start
            self.end = end
            self.localStart = localStart
            self.timeZone = timeZone
            self.place = place
            self.meetingURL = meetingURL
            self.note = note
        }
    }

    public let news: News
    public let meeting: Meeting
    public let recipientName: String
    /// The interview's page for an interviewer; nil for the candidate.
    public let interviewURL: String?
    /// Of whoever scheduled it.
    public let contactEmail: String

    public init(_ news: News, of meeting: Meeting, to name: String, interviewURL: String?, contactEmail: String) {
        self.news = news
        self.meeting = meeting
        recipientName = name
        self.interviewURL = interviewURL
        self.contactEmail = contactEmail
    }

    private var isForCandidate: Bool { interviewURL == nil }

    /// Whether the reader need not come.
    private var isOver: Bool {
        switch news {
        case .scheduled, .moved: false
        case .cancelled, .released: true
        }
    }

    public var subject: String {
        let what = isForCandidate
            ? "Your interview for \(meeting.jobTitle) at \(meeting.organization)"
            : "Interview with \(meeting.candidateName) for \(meeting.jobTitle)"
        return switch news {
        case .scheduled: what
        case .moved(nil): "Changed: \(what)"
        case .moved: "New time: \(what)"
        case .cancelled: "Cancelled: \(what)"
        case .released: "Without you: \(what)"
        }
    }

    public var replyTo: String? { contactEmail }

    public var calendarEntry: CalendarEntry? {
        let what = isForCandidate ? meeting.organization : meeting.candidateName
        return CalendarEntry(
            method: isOver ? .cancel : .request, id: "\(meeting.id)@parley", sequence: meeting.sequence, start: meeting.start, end: meeting.end,
            summary: "Interview: \(meeting.jobTitle), \(what)", details: facts.joined(separator: "\n"),
            location: meeting.place ?? meeting.meetingURL, link: isForCandidate ? meeting.meetingURL : interviewURL)
    }

    public func body() throws(MailError) -> MailBody {
        try MailTemplate(
            title: subject, paragraphs: ["Hi \(recipientName),", opening] + noteOrReason, facts: facts, button: button,
            foot: "The attached file keeps your calendar in step. If the time does not suit you or something is unclear, contact \(contactEmail)."
        ).render()
    }

    private var opening: String {
        let whose = isForCandidate
            ? "Your interview for the \(meeting.jobTitle) position at \(meeting.organization)"
            : "The interview with \(meeting.candidateName) for the \(meeting.jobTitle) position"
        return switch news {
        case .scheduled: "\(whose) is scheduled."
        case .moved(let previously?): "\(whose) has a new time. It was to be on \(previously) (\(meeting.timeZone))."
        case .moved(nil): "\(whose) is at the same time as before; something else about it has changed."
        case .cancelled: "\(whose) is cancelled."
        case .released: "\(whose) is held by others. You need not come."
        }
    }

    private var noteOrReason: [String] {
        switch news {
        case .scheduled, .moved: [meeting.note].compactMap { $0 }
        case .cancelled(let reason): [reason].compactMap { $0 }
        case .released: []
        }
    }

    private var facts: [String] {
        let minutes = Int(meeting.end.timeIntervalSince(meeting.start)) / 60
        return [
            meeting.timeZone == "UTC"
                ? MailDate.text(meeting.start) : "\(meeting.localStart) (\(meeting.timeZone)); that is \(MailDate.text(meeting.start))",
            counted(minutes, "minute"),
            meeting.interviewers.isEmpty ? nil : "With \(meeting.interviewers.joined(separator: ", "))",
            meeting.place.map { "Place: \($0)" },
            meeting.meetingURL.map { "Meeting: \($0)" },
        ].compactMap { $0 }
    }

    private var button: MailTemplate.Button? {
        if isOver { return nil }
        if let interviewURL { return .init(label: "Open Interview", link: interviewURL) }
        return meeting.meetingURL.map { .init(label: "Join Meeting", link: $0) }
    }
}
