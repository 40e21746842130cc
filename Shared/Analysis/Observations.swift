import Speech

/// Sentences about an answer that say only what was measured or matched.
enum Observations {
    /// Fewer words are a very short answer.
    static let shortAnswer = 20
    /// A smaller share of speaking in the recording is mostly silence.
    static let mostlySilent = 0.3

    static func flags(_ answer: Answer) -> [String] {
        let metrics = answer.metrics
        let duration = seconds(metrics.durationSeconds)
        guard metrics.wordCount > 0 else {
            return [answer.isWritten ? "There are no words." : "No words were recognised in \(duration) of recording."]
        }
        var flags: [String] = []
        if metrics.wordCount < shortAnswer {
            flags.append("Very short answer: \(count(metrics.wordCount, "word"))\(answer.isWritten ? "" : " recognised").")
        }
        if metrics.durationSeconds >= 10, metrics.speakingSeconds < mostlySilent * metrics.durationSeconds {
            flags.append("Mostly silence: speech was heard in \(seconds(metrics.speakingSeconds)) of \(duration).")
        }
        let subject = subject(of: answer.question)
        if metrics.wordCount >= shortAnswer, subject.count >= 2, !mentions(subject.map(\.stem), answer.transcript) {
            let words = subject.map(\.word).joined(separator: ", ")
            flags.append("None of the question's words (\(words)) occur in the transcript.")
        }
        return flags
    }

    static func summary(_ answer: Answer, star: Set<String>, signals: Int) -> String {
        let metrics = answer.metrics
        guard metrics.wordCount > 0 || answer.isWritten else {
            return "The recording lasts \(seconds(metrics.durationSeconds)). No words were recognised in it."
        }
        let parts = StarCues.Part.allCases.map(\.rawValue)
        let present = parts.filter(star.contains)
        let absent = parts.filter { !star.contains($0) }
        let found = present.isEmpty ? "none of the parts situation, task, action and result"
            : absent.isEmpty ? "all of situation, task, action and result"
            : "\(joined(present)), but not for \(joined(absent, by: "or"))"
        let passages = signals == 0 ? "No passage shares"
            : signals == 1 ? "1 passage shares" : "\(signals) passages share"
        return """
            \(answer.isWritten ? "The written answer has \(count(metrics.wordCount, "word"))." : delivery(metrics)) \
            Word rules found cues for \(found). \(passages) \
            words with the description of \(answer.competency.name).
            """
    }

    private static func delivery(_ metrics: SpeechMetrics) -> String {
        """
        The recording lasts \(seconds(metrics.durationSeconds)) and has \
        \(count(metrics.wordCount, "recognised word")), \(Int(metrics.wordsPerMinute.rounded())) a minute, \
        with \(count(metrics.pauses.longCount, "pause")) of a second or more.
        """
    }

    /// Words that ask rather than name a subject.
    private static let asking = Set([
        "tell", "describe", "explain", "example", "time", "situation", "share", "talk", "experience", "handle",
        "handled", "deal", "dealt", "question", "answer",
    ].map(Terms.stem))

    private static func subject(of question: String) -> [(word: String, stem: String)] {
        Terms.content(of: question).filter { !asking.contains($0.stem) }
    }

    private static func mentions(_ stems: [String], _ transcript: Transcript) -> Bool {
        let spoken = Set(transcript.words.map { Terms.stem($0.normalized) })
        return stems.contains(where: spoken.contains)
    }

    private static func seconds(_ value: Double) -> String { count(Int(value.rounded()), "second") }

    private static func count(_ number: Int, _ noun: String) -> String {
        "\(number) \(noun)\(number == 1 ? "" : "s")"
    }

    private static func joined(_ words: [String], by conjunction: String = "and") -> String {
        words.count < 2 ? words.joined()
            : "\(words.dropLast().joined(separator: ", ")) \(conjunction) \(words[words.count - 1])"
    }
}
