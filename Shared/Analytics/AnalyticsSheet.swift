extension Analytics {
    public static let sheetHeader = ["Section", "Item", "Count", "Of", "Share", "Median seconds", "90th percentile seconds", "Mean"]

    /// The numbers as rows of a spreadsheet. A cell is empty where there are too few cases to say.
    public var sheet: [[String?]] {
        var rows: [[String?]] = []
        func add(
            _ section: String, _ item: String, _ count: Int, of all: Int? = nil, share: Double? = nil, spread: Spread? = nil,
            mean: Double? = nil
        ) {
            rows.append([
                section, item, String(count), all.map(String.init), Self.text(share), Self.text(spread?.median),
                Self.text(spread?.p90), Self.text(mean),
            ])
        }
        for step in funnel { add("Funnel", step.step.rawValue, step.count, of: interviews, share: step.share) }
        add("Time from sending", "submission", timeToSubmission.count, spread: timeToSubmission)
        add("Time from sending", "decision", timeToDecision.count, spread: timeToDecision)
        for question in questions {
            add("Left at question", question.content.map { "\(question.position). \($0)" } ?? "Question \(question.position)",
                question.left, of: question.reached, share: question.leftShare)
        }
        add("Left at question", "before submitting", leftBeforeSubmitting)
        add("Device checks", "with problems", deviceChecks.withProblems, of: deviceChecks.interviews, share: deviceChecks.problemShare)
        add("Device checks", "unsolved", deviceChecks.unsolved, of: deviceChecks.interviews, share: deviceChecks.unsolvedShare)
        for problem in deviceChecks.problems { add("Device checks", problem.problem, problem.interviews, of: deviceChecks.interviews) }
        for competency in competencies {
            add("Scores", competency.name, competency.scores, mean: competency.mean)
            for (place, count) in (competency.counts ?? []).enumerated() {
                add("Scores", "\(competency.name): \(place + 1)", count, of: competency.scores)
            }
        }
        add("Suggestions", "differing", suggestions.differing, of: suggestions.compared, share: suggestions.differingShare,
            mean: suggestions.meanDifference)
        for each in suggestions.differences ?? [] {
            add("Suggestions", "difference \(each.difference)", each.count, of: suggestions.compared)
        }
        for reviewer in reviewers {
            add("Reviewers", "\(reviewer.name): scores", reviewer.scores)
            add("Reviewers", "\(reviewer.name): interviews", reviewer.interviews)
            add("Reviewers", "\(reviewer.name): waiting", reviewer.waiting)
        }
        for loss in losses { add("Losses", loss.reason.rawValue, loss.count, of: interviews, share: loss.share) }
        add("Live interviews", "scheduled", live.scheduled)
        add("Live interviews", "completed", live.completed, of: live.scheduled)
        add("Live interviews", "candidate did not come", live.noShow, of: live.completed + live.noShow, share: live.noShowShare)
        add("Live interviews", "cancelled", live.cancelled, of: live.scheduled)
        return rows
    }

    /// With four decimals at most.
    private static func text(_ number: Double?) -> String? {
        number.map { String((($0 * 10_000).rounded()) / 10_000) }
    }
}
