import Interviews
public import Validation

/// The printed report of one interview: who, what was decided and why, each answer with its scores,
/// what was noticed around them, and what the candidate agreed to.
public struct InterviewReport {
    let interview: InterviewRecord
    let integrity: ProctorReport
    let insights: [Identifier: ReportFacts.Insights]
    let address: String
    let madeAt: Timestamp
    let flow = PageFlow()

    /// - Parameters:
    ///   - address: of the interview's review page.
    ///   - madeAt: stands on every page.
    public static func draw(_ facts: ReportFacts, address: String, madeAt: Timestamp) throws(DrawingError) -> [UInt8] {
        let report = InterviewReport(
            interview: facts.interview, integrity: facts.integrity, insights: facts.insights, address: address, madeAt: madeAt)
        report.addHead()
        report.addDecision()
        report.addAnswers()
        report.addIntegrity()
        report.addConsents()
        let name = facts.interview.candidate.name
        return try report.flow.finish(
            title: "Interview report: \(name)",
            foot: "Interview report · Confidential · \(madeAt.words) · \(name.isolated)")
    }

    // ---- Who

    private func addHead() {
        flow.paragraph([TextRun("PARLEY   INTERVIEW REPORT", .kicker)], after: 8)
        flow.heading(interview.candidate.name, level: 1, style: .title)
        flow.paragraph(
            [TextRun(interview.assessment.title.isolated, .strong), TextRun(" · \(interview.assessment.jobTitle.isolated)", .muted)],
            after: 10)
        let reviewed = interview.reviewedAt.map { moment in
            "\(moment.words)\(interview.reviewedBy.map { ", \($0.name.isolated)" } ?? "")"
        }
        let facts: [(String, String?)] = [
            ("Status", interview.status.words), ("Invitation", interview.invitationSentAt?.words ?? "Not sent"),
            ("Answers", "\(interview.videoResponses.count) of \(interview.questions.count)"),
            ("Begun", interview.startedAt?.words), ("Deadline", interview.deadlineAt.words),
            ("Submitted", interview.submittedAt?.words),
        ]
        flow.facts(facts.map { ($0.0, [$0.1.map { TextRun($0) } ?? TextRun("–", .muted)]) }, columns: 2)
        flow.facts([
            ("Reviewed", [TextRun(reviewed ?? "–")]), ("E-mail", [TextRun(interview.invitationEmail)]),
            ("Review page", [TextRun(address, .muted)]), ("Interview", [TextRun(interview.id.description, .muted)]),
        ])
        flow.paragraph([TextRun(
            "Made on \(madeAt.words) from what one reviewer may see: scores of others appear for answers that this reviewer has scored. What the engine suggests is a reading aid: people score and decide. Times are in UTC.",
            .small)])
    }

    // ---- The decision

    private func addDecision() {
        section("Decision")
        flow.gap(3)
        if let recommendation = interview.recommendation {
            flow.paragraph([TextRun(recommendation.words, .section.coloured(recommendation.colour))], after: 4)
            if let reason = interview.reason { flow.paragraph([TextRun(reason)], indent: 12, bar: recommendation.colour) }
        } else {
            flow.paragraph([TextRun("Not decided.", .muted)])
        }
        if let notes = interview.recruiterNotes {
            flow.paragraph([TextRun("Notes", .label)], after: 1)
            flow.paragraph([TextRun(notes)])
        }
        addTotals()
        addReviewers()
        addHistory()
    }

    private func addTotals() {
        guard !interview.videoResponses.isEmpty else { return }
        guard let decision = interview.decision else {
            let own = interview.videoResponses.filter { !$0.isBlind }.count
            return flow.paragraph([TextRun(
                "The combined scores are shown to those who have scored every answer. Whoever asked for this report has scored \(own) of \(interview.videoResponses.count).",
                .muted)], after: 8)
        }
        if let overall = decision.overall {
            flow.paragraph(
                [TextRun("\(hundredths(overall)) of 5", .section), TextRun("   all scores, combined by the questions’ weights\(covered(decision.coveredWeight))", .muted)],
                after: 8)
        }
        addTotals(decision.perCompetency, of: "Competency")
        addTotals(decision.perReviewer, of: "Reviewer")
    }

    private func addTotals(_ totals: [CombinedDecision.Part], of what: String) {
        guard !totals.isEmpty else { return }
        flow.table(
            [(what, 0.7), ("Combined score", 0.3)],
            totals.map { total in
                let score = total.score.map { [TextRun(hundredths($0), .strong), TextRun(covered(total.coveredWeight), .muted)] }
                return [[TextRun(total.name)], score ?? [TextRun("None", .muted)]]
            },
            marks: totals.map { .meter(($0.score ?? 0) / 5) })
    }

    private func covered(_ share: Double) -> String {
        share < 1 ? " (\(Int((share * 100).rounded())) % of the weight)" : ""
    }

    private func addReviewers() {
        guard !interview.reviewers.isEmpty else { return }
        let all = interview.videoResponses.count
        flow.table(
            [("Review by", 0.5), ("Asked to", 0.2), ("Scored", 0.3)],
            interview.reviewers.map { reviewer in
                [[TextRun(reviewer.name)], [TextRun(reviewer.isAssigned ? "Yes" : "No")], [TextRun("\(reviewer.scored) of \(all)")]]
            })
    }

    /// Only where there is more to it than the decision above.
    private func addHistory() {
        guard interview.decisionLedger.count > 1 else { return }
        flow.table(
            [("Decisions so far", 0.3), ("By", 0.3), ("Reason", 0.4)],
            interview.decisionLedger.map { entry in
                [
                    [TextRun(entry.recommendation?.words ?? "Reopened", .strong)],
                    [TextRun(entry.decidedBy.name), TextRun("\n\(entry.createdAt.words)", .small)], [TextRun(entry.reason ?? "–")],
                ]
            })
    }

    // ---- What the candidate agreed to

    private func addConsents() {
        section("Consent")
        guard !interview.consents.isEmpty else {
            return flow.paragraph([TextRun(
                "The candidate made no choice on this site: whoever sent the invitation has asked for consent elsewhere.", .muted)])
        }
        flow.table(
            [("Purpose", 0.22), ("Choice", 0.13), ("Given", 0.33), ("Text", 0.32)],
            interview.consents.map { receipt in
                [
                    [TextRun(receipt.purpose.words)], [TextRun(receipt.granted ? "Agreed" : "Declined", .strong)],
                    [TextRun(receipt.givenAt.words)],
                    [TextRun("\(receipt.version) (\(receipt.locale)), \(receipt.textHash.prefix(12))…", .muted)],
                ]
            })
        if interview.consents.contains(where: { !$0.granted }) {
            flow.paragraph([TextRun("Declining is the candidate’s right. No disadvantage may follow from it.", .muted)])
        }
    }

    func section(_ title: String) {
        flow.gap(14)
        flow.heading(title, level: 2, style: .section)
    }
}
