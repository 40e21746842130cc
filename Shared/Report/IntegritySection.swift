import Interviews
import Validation

extension InterviewReport {
    /// So many events are listed one by one; all are counted.
    private static let listedEvents = 150

    /// What was watched, what was noticed, and what reviewers made of it.
    func addIntegrity() {
        section("Integrity")
        let declined = interview.consents.last { $0.purpose == .monitoring }?.granted == false
        if declined {
            flow.paragraph([TextRun("The candidate chose not to be monitored. No disadvantage may follow.")])
        } else if !isMonitored {
            flow.paragraph([TextRun("No page of the candidate’s has reported what it watched. What happened there is not known.")])
        }
        if isMonitored { addRisk() }
        if !integrity.monitoring.detectors.isEmpty { addWatched() }
        guard integrity.totalEvents > 0 else { return }
        addGroups()
        addTimeline()
        flow.paragraph([TextRun(
            "Nobody watches other devices or the room. An event alone proves nothing, and many have harmless causes. Talk with the candidate before you draw a conclusion.",
            .muted)])
    }

    /// Whether the page watched at all: if not, a low risk means nothing. (The server itself sees only the time.)
    private var isMonitored: Bool {
        interview.proctorLogs.contains { $0.eventType != .timeLimitExceeded }
            || integrity.monitoring.detectors.contains { $0.watchedSeconds > 0 }
    }

    private func addRisk() {
        let counts = integrity.severityBreakdown
        let risk = integrity.overallRiskLevel
        let left = integrity.afterDismissals.overallRiskLevel
        flow.paragraph(
            [
                TextRun("\(risk.words) risk", .section.coloured(risk.colour)),
                TextRun(
                    "   \(count(integrity.totalEvents, "event")): \(counts.critical) critical, \(counts.warning) warning, \(counts.info) info\(left == risk ? "" : "; \(left.words.lowercased()) after what reviewers dismissed")",
                    .muted),
            ], after: 8)
    }

    // ---- What was watched

    private func addWatched() {
        let answered = interview.videoResponses.reduce(0) { $0 + Double($1.durationSeconds ?? 0) }
        let detectors = integrity.monitoring.detectors
        let open = detectors.reduce(answered) { max($0, $1.watchedSeconds) }
        flow.table(
            [("Watched", 0.45), ("For", 0.2), ("If not always, why", 0.35)],
            detectors.map { detector in
                [
                    [TextRun(detector.words)],
                    [TextRun(detector.watchedSeconds > 0 ? "\(clock(detector.watchedSeconds)) of \(clock(open))" : "Not watched")],
                    [TextRun(detector.unavailable.map(once) ?? "–", .muted)],
                ]
            },
            marks: detectors.map { .meter(open > 0 ? $0.watchedSeconds / open : 0) })
        if integrity.monitoring.missingEvents > 0 {
            flow.paragraph([TextRun(
                "\(count(integrity.monitoring.missingEvents, "event")) that the candidate’s page counted never arrived, so this report is not complete. A lost connection can cause this.")])
        }
    }

    /// Several page loads often had the same reasons.
    private func once(_ reasons: String) -> String {
        var seen: [Substring] = []
        for reason in reasons.split(separator: "; ") where !seen.contains(reason) { seen.append(reason) }
        return seen.joined(separator: "; ")
    }

    // ---- What was noticed

    private func addGroups() {
        flow.table(
            [("What was noticed", 0.42), ("Where", 0.14), ("Times", 0.09), ("What reviewers made of it", 0.35)],
            integrity.events.map { group in
                [
                    [TextRun(group.eventType.words, .strong), TextRun("\n\(group.severity.words). \(group.eventType.harmlessCause)", .small)],
                    [TextRun(place(group.questionId))], [TextRun("\(group.count)")], judgement(group.disposition),
                ]
            },
            marks: integrity.events.map { .dot($0.severity.colour) })
    }

    private func judgement(_ given: ProctorReport.Entry?) -> [TextRun] {
        guard let given else { return [TextRun("–", .muted)] }
        let word = given.disposition == .dismissed ? "Dismissed" : "Confirmed"
        return [TextRun(word, .strong), TextRun(" by \(given.by.name.isolated): \(given.reason.isolated)")]
    }

    private func addTimeline() {
        let events = interview.proctorLogs.sorted { $0.occurredAt < $1.occurredAt }
        guard let first = events.first?.occurredAt, let last = events.last?.occurredAt else { return }
        flow.keep(120)
        flow.paragraph([TextRun("In order", .question)], after: 6)
        let start = min(first, interview.startedAt ?? first)
        let end = max(last, interview.submittedAt ?? last)
        let span = Double(max(1, end.microseconds - start.microseconds))
        flow.timeline(
            events.prefix(1000).map { (Double($0.occurredAt.microseconds - start.microseconds) / span, $0.severity.colour) },
            from: "\(start.clock) \(interview.startedAt == start ? "begun" : "first event")",
            to: "\(interview.submittedAt == end ? "submitted" : "last event") \(end.clock)")
        let listed = events.prefix(Self.listedEvents)
        flow.table(
            [("Time", 0.2), ("What", 0.6), ("Where", 0.2)],
            listed.map { [[TextRun($0.occurredAt.clock)], [TextRun($0.eventType.words)], [TextRun(place($0.questionId))]] },
            marks: listed.map { .dot($0.severity.colour) })
        if events.count > listed.count {
            flow.paragraph([TextRun("\(events.count - listed.count) more are on the review page.", .muted)])
        }
    }

    private func place(_ question: Identifier?) -> String {
        guard let question else { return "Between questions" }
        return interview.questions.first { $0.id == question }.map { "Question \($0.position)" } ?? "–"
    }
}
