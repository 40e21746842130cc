import Interviews

extension InterviewReport {
    /// Each question with its answer, scores and what the engine found.
    func addAnswers() {
        section("Answers")
        for question in interview.questions {
            flow.heading(
                "\(question.position). \(question.content)", level: 3, style: .question,
                bookmark: "Question \(question.position)")
            if let answer = interview.videoResponses.first(where: { $0.questionId == question.id }) {
                flow.paragraph([TextRun(kind(of: question, answer), .small)], after: 5)
                addScores(of: answer)
                addInsights(of: answer)
                addWords(of: answer)
            } else {
                flow.paragraph([TextRun(kind(of: question, nil), .small)], after: 5)
                flow.paragraph([TextRun("Not answered.", .muted)])
            }
            flow.gap(10)
        }
    }

    private func kind(of question: AskedQuestion, _ answer: InterviewRecord.VideoResponse?) -> String {
        var parts = [question.competency.name.isolated, question.type.words]
        if question.weight != 1 { parts.append("weight \(hundredths(question.weight))") }
        if let answer {
            let length = answer.durationSeconds.map { " \(clock(Double($0)))" } ?? ""
            parts.append(answer.textAnswer == nil ? "video\(length)" : "written\(length)")
            if answer.takeNumber > 1 { parts.append("take \(answer.takeNumber)") }
        }
        return parts.joined(separator: " · ")
    }

    // ---- Scores

    private func addScores(of answer: InterviewRecord.VideoResponse) {
        let scores = interview.evaluations.filter { $0.questionId == answer.questionId }
        if answer.isBlind {
            let others = answer.othersScored
            let text = others == 0
                ? "Nobody has scored this answer."
                : "\(others == 1 ? "1 reviewer has" : "\(others) reviewers have") scored this answer. Their scores are shown to those who have scored it too."
            return flow.paragraph([TextRun(text, .muted)])
        }
        flow.table(
            [("Score", 0.17), ("Reviewer", 0.25), ("Notes", 0.58)],
            scores.map { score in
                [[TextRun("\(score.score)", .strong)], [TextRun(score.evaluatorName)], notes(on: score)]
            },
            marks: scores.map { .score($0.score) })
    }

    private func notes(on score: InterviewRecord.Evaluation) -> [TextRun] {
        let entry = interview.scoreLedger.last { $0.questionId == score.questionId && $0.evaluatorId == score.evaluatorId }
        var runs = [score.notes.map { TextRun($0) } ?? TextRun("–", .muted)]
        if let suggested = entry?.suggested, suggested != score.score {
            let why = entry?.reason.map { ": \($0.isolated)" } ?? "; no reason was given"
            runs.append(TextRun("\nNot the suggested \(suggested)\(why)", .muted))
        }
        return runs
    }

    // ---- What the engine found

    private func addInsights(of answer: InterviewRecord.VideoResponse) {
        if answer.analysisStatus == .declined {
            return flow.paragraph([TextRun("The candidate chose human review only. No disadvantage may follow.", .muted)])
        }
        guard let insights = insights[answer.questionId] else { return }
        if let summary = insights.summary { flow.paragraph([TextRun(summary)]) }
        addEvidence(insights.evidence ?? [], isWritten: answer.textAnswer != nil)
        var facts: [(String, [TextRun])] = [("Suggested", suggestion(insights))]
        if let rating = insights.rating { facts.append(("Ratings", agreement(rating))) }
        if let star = insights.starFormat { facts.append(("STAR", parts(of: star))) }
        for (name, list) in [("Key phrases", insights.keyPhrases ?? []), ("Second look", insights.redFlags ?? [])] where !list.isEmpty {
            facts.append((name, [TextRun(list.map(\.isolated).joined(separator: " · "))]))
        }
        if let flags = insights.flags, !flags.isEmpty {
            let lines = flags.map { $0.passage.isEmpty ? $0.detail : "\($0.detail) “\($0.passage.isolated)”" }
            facts.append(("Not meant for people", [TextRun("No model was shown this; it can be innocent.", .strong), TextRun(" " + lines.joined(separator: "\n"))]))
        }
        if let tone = insights.wordingTone { facts.append(("Wording, not feelings", [TextRun(tone.label)])) }
        if let signals = insights.competencySignals, !signals.isEmpty {
            let lines = signals.map { "\($0.signal.isolated) (\($0.competency.isolated), \($0.strength))" }
            facts.append(("Signals", [TextRun(lines.joined(separator: "\n"))]))
        }
        if let metrics = insights.metrics { facts.append(("Speech", [TextRun(speech(metrics, isWritten: answer.textAnswer != nil))])) }
        flow.facts(facts)
    }

    private func suggestion(_ insights: ReportFacts.Insights) -> [TextRun] {
        let engine = insights.engine.map { " \($0.name) \($0.version)\($0.model.map { ", the AI model \($0). A person decides" } ?? "")." } ?? ""
        let basis = TextRun(" \(insights.basis ?? "")\(engine)", .muted)
        guard let score = insights.suggestedScore else { return [TextRun("No score.", .strong), basis] }
        let confidence = insights.confidence.map { ", confidence \(Int(($0 * 100).rounded())) %." } ?? "."
        return [TextRun("\(score) of 5", .strong), TextRun(confidence), basis]
    }

    /// What the model answered each time.
    private func agreement(_ rating: ReportFacts.Rating) -> [TextRun] {
        let scores = rating.samples.map { $0.score.map(String.init) ?? "none" }.joined(separator: ", ")
        guard rating.lowAgreement else { return [TextRun(scores)] }
        return [TextRun("Low agreement: ", .strong), TextRun("\(scores). Rely on your own reading.")]
    }

    private func parts(of star: ReportFacts.Star) -> [TextRun] {
        let parts = [("Situation", star.situation), ("Task", star.task), ("Action", star.action), ("Result", star.result)]
        return parts.enumerated().map { index, part in
            TextRun("\(part.0): \(part.1 ? "found" : "not found")\(index < 3 ? " · " : "")", part.1 ? .body : .muted)
        }
    }

    /// Each quote once, with all that it is evidence for.
    private func addEvidence(_ quotes: [ReportFacts.Quote], isWritten: Bool) {
        var shown: [(time: String, quote: String, supports: [String])] = []
        for quote in quotes {
            let time = isWritten ? "" : quote.start.map { "\(clock($0))  " } ?? ""
            if let index = shown.firstIndex(where: { $0.time == time && $0.quote == quote.quote }) {
                if !shown[index].supports.contains(quote.supports) { shown[index].supports.append(quote.supports) }
            } else {
                shown.append((time, quote.quote, [quote.supports]))
            }
        }
        for (time, quote, supports) in shown {
            let tail = "  \(supports.map(\.isolated).joined(separator: ", "))"
            flow.paragraph(
                [TextRun(time, .strong), TextRun("“\(quote.isolated)”", .quote), TextRun(tail, .small)],
                indent: 12, bar: .line, after: 4)
        }
        if !quotes.isEmpty { flow.gap(3) }
    }

    private func speech(_ metrics: ReportFacts.Metrics, isWritten: Bool) -> String {
        var parts = metrics.wordCount.map { [count($0, "word")] } ?? []
        if !isWritten {
            if let pace = metrics.wordsPerMinute { parts.append("\(Int(pace.rounded())) words a minute") }
            if let fillers = metrics.fillers { parts.append(count(fillers.count, "filler")) }
            if let pauses = metrics.pauses { parts.append(count(pauses.longCount, "long pause")) }
        }
        return parts.joined(separator: " · ")
    }

    // ---- What was said

    private func addWords(of answer: InterviewRecord.VideoResponse) {
        if let text = answer.textAnswer {
            flow.keep(40)
            flow.paragraph([TextRun("Written answer", .label)], after: 2)
            return flow.paragraph([TextRun(text)], indent: 12, bar: .accent)
        }
        let problem = answer.transcriptProblem?.message
        guard let transcript = answer.transcript, !transcript.isEmpty else {
            let text = switch answer.transcriptStatus {
            case .declined: "The candidate chose not to have this answer transcribed. No disadvantage may follow."
            case .deleted: "The recording was deleted, with its transcript."
            default: "There is no transcript. \(problem ?? "")"
            }
            return flow.paragraph([TextRun(text, .muted)])
        }
        if let problem { flow.paragraph([TextRun("About this transcript: ", .strong), TextRun(problem)]) }
        addOtherVoices(of: answer)
        flow.keep(40)
        let isDraft = insights[answer.questionId]?.transcriptQuality == "draft"
        flow.paragraph([TextRun(isDraft ? "Transcript, draft quality" : "Transcript", .label)], after: 2)
        flow.paragraph([TextRun(transcript)], indent: 12, bar: .line)
    }

    /// Where somebody else is heard, or may be.
    private func addOtherVoices(of answer: InterviewRecord.VideoResponse) {
        for note in [answer.transcriptProblem].compactMap(\.self) + answer.transcriptRemarks {
            guard let voices = note.voices else { continue }
            if note.code != answer.transcriptProblem?.code { flow.paragraph([TextRun(note.message, .muted)]) }
            let places = voices.others.map { place in
                let (start, end) = (clock(place.start), clock(place.end))
                return start == end ? start : "\(start) to \(end)"
            }
            flow.paragraph([TextRun("Another voice: ", .strong), TextRun(places.joined(separator: ", "))])
        }
    }
}
