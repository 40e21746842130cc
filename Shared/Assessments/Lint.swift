import Interviews
public import Validation

/// What can be said about an assessment by looking at it. Nothing here is certain: it warns.
public enum Lint {
    /// What candidates sit through without getting tired of it, as a rule of thumb.
    static let mostQuestions = 6
    static let mostMinutes = 20
    /// Unhurried reading, in words a minute. Silent readers average 238 in their own language
    /// (Brysbaert 2019, https://doi.org/10.1016/j.jml.2019.104047); many read in another one.
    static let readingPace = 150
    /// What is left to think once the question is read, in seconds.
    static let leastThinking = 15
    /// With fewer examples than this at a level, reviewers fill in their own.
    static let leastAnchors = 2

    /// What there is to say about questions that are still being written.
    public static func findings(in sketches: QuestionSketches, timing: Timing) -> [Finding] {
        findings(in: sketches.elements.enumerated().map { Subject($1, position: $0 + 1) }, timing: timing)
    }

    static func findings(in questions: [AskedQuestion], timing: Timing) -> [Finding] {
        findings(in: questions.map(Subject.init), timing: timing)
    }

    /// What the lint looks at in a question, saved or not.
    private struct Subject {
        let position: Int
        let content: String
        let type: QuestionType
        let rubricLevels: [AskedQuestion.RubricLevel]

        init(_ question: AskedQuestion) {
            position = question.position
            content = question.content
            type = question.type
            rubricLevels = question.rubricLevels
        }

        init(_ sketch: QuestionSketch, position: Int) {
            self.position = position
            content = sketch.content.value
            type = sketch.type
            rubricLevels = sketch.rubricLevels.elements.enumerated().map { index, level in
                .init(
                    level: index + 1, label: level.label.value, description: level.description.value,
                    behavioralAnchors: level.behavioralAnchors.elements.map(\.value))
            }
        }
    }

    private static func findings(in questions: [Subject], timing: Timing) -> [Finding] {
        var findings = length(of: questions, timing)
        for question in questions {
            let sentences = Sentence.all(in: question.content)
            findings += sensitive(sentences, question) + wording(sentences, question)
            findings += thinkTime(sentences, question, timing) + rubric(question)
        }
        return findings
    }

    // MARK: As a whole

    private static func length(of questions: [Subject], _ timing: Timing) -> [Finding] {
        guard !questions.isEmpty else {
            return [.init(.noQuestions, .critical, nil, "There is no question yet. Add one that shows the skill the job needs most.")]
        }
        var findings: [Finding] = []
        if questions.count > mostQuestions {
            findings.append(
                .init(
                    .tooManyQuestions, .warning, nil,
                    "\(questions.count) questions are many for an interview alone with a camera: more people give up, and later answers get shorter. Keep the \(mostQuestions) that tell you most."))
        }
        let minutes = questions.count * (timing.thinkTimeSeconds + timing.timeLimitSeconds) / 60
        if minutes > mostMinutes {
            findings.append(
                .init(
                    .totalTimeLong, .warning, nil,
                    "Answering takes up to \(minutes) minutes: more than \(mostMinutes) is much to ask before anybody has talked to the person. Ask less, or give less time for each answer."))
        }
        return findings
    }

    // MARK: Wording

    /// What a text asks about that an interview should not ask about, such as "age"; empty for nothing.
    public static func sensitiveTopics(in text: String) -> [String] {
        let sentences = Sentence.all(in: text)
        return SensitiveTopic.all.filter { topic in
            sentences.contains { sentence in topic.phrases.contains { $0.range(in: sentence) != nil } }
        }.map(\.name)
    }

    private static func sensitive(_ sentences: [Sentence], _ question: Subject) -> [Finding] {
        SensitiveTopic.all.compactMap { topic in
            for sentence in sentences {
                guard let quote = topic.phrases.lazy.compactMap({ $0.quote(from: sentence) }).first else { continue }
                return .init(
                    topic.code, .critical, question.position,
                    "Question \(question.position) asks about \(topic.name) (“\(quote)”). \(topic.reason) \(topic.better)")
            }
            return nil
        }
    }

    private static func wording(_ sentences: [Sentence], _ question: Subject) -> [Finding] {
        var findings: [Finding] = []
        let asked = sentences.count(where: \.isQuestion)
        if asked > 1 || sentences.contains(where: Wording.isChain) {
            findings.append(
                .init(
                    .doubleBarrelled, .warning, question.position,
                    "Question \(question.position) asks \(asked > 1 ? "\(asked) things" : "several things") at once. People answer the last one they remember, and one score then stands for several. Ask one thing, or make questions of their own of the others."))
        }
        if Wording.isYesOrNo(sentences) {
            findings.append(
                .init(
                    .yesOrNo, .warning, question.position,
                    "Question \(question.position) can be answered with yes or no, which shows no skill. Ask how, or for an example: “Tell us about a time when …”."))
        }
        return findings
    }

    private static func thinkTime(
        _ sentences: [Sentence], _ question: Subject, _ timing: Timing
    ) -> [Finding] {
        // Who writes has think time and time limit in one.
        guard question.type != .asyncText else { return [] }
        let words = sentences.reduce(0) { $0 + $1.words.count }
        let needed = (words * 60 + readingPace - 1) / readingPace + leastThinking
        guard timing.thinkTimeSeconds < needed else { return [] }
        return [
            .init(
                .thinkTimeShort, .warning, question.position,
                "Question \(question.position) has \(words) words: \(timing.thinkTimeSeconds) seconds leave little to think once it is read, most of all for those who read slowly or in another language. Give \(needed) seconds, or shorten it.")
        ]
    }

    // MARK: Rubric

    private static func rubric(_ question: Subject) -> [Finding] {
        let number = question.position
        let missing = (1...5).filter { level in !question.rubricLevels.contains { $0.level == level && $0.isUsable } }
        var findings: [Finding] = []
        func add(_ code: Finding.Code, _ severity: Finding.Severity, _ levels: [Int], _ message: String) {
            findings.append(.init(code, severity, number, levels: levels, message))
        }
        if missing.count == 5 {
            add(
                .rubricIncomplete, .critical, [],
                "Question \(number) has no rubric. Without one, each reviewer scores by their own. Describe all five levels.")
            return findings
        }
        if !missing.isEmpty {
            add(
                .rubricIncomplete, .critical, missing,
                "The rubric of question \(number) lacks \(levels(missing)). A level needs a label, and a description or an example.")
        }
        let present = question.rubricLevels.filter(\.isUsable)
        let undescribed = present.filter { $0.description.trimmed.isEmpty }.map(\.level)
        if !undescribed.isEmpty {
            add(
                .descriptionMissing, .warning, undescribed,
                "Question \(number) does not describe \(levels(undescribed)). A sentence on what sets a level apart keeps reviewers together.")
        }
        let without = present.filter(\.behavioralAnchors.isEmpty).map(\.level)
        if !without.isEmpty {
            add(
                .anchorsMissing, .warning, without,
                "Question \(number) has no behavioural anchors for \(levels(without)). Say what a person at that level does or says, so that reviewers look for the same.")
        }
        let few = present.filter { (1..<leastAnchors).contains($0.behavioralAnchors.count) }.map(\.level)
        if !few.isEmpty {
            add(
                .anchorsTooFew, .info, few,
                "Question \(number) has a single behavioural anchor for \(levels(few)). Two or three different ones fit more answers.")
        }
        for (anchor, shared) in repeated(present) {
            add(
                .anchorsIdentical, .warning, shared,
                "Question \(number) has the anchor “\(anchor)” for \(levels(shared)). It cannot tell them apart: say what is different.")
        }
        return findings
    }

    /// The anchors that several levels have, as first written, with those levels.
    private static func repeated(_ levels: [AskedQuestion.RubricLevel]) -> [(anchor: String, levels: [Int])] {
        var found: [(plain: String, anchor: String, levels: [Int])] = []
        for level in levels {
            for anchor in level.behavioralAnchors {
                let plain = anchor.lowercased().split { !$0.isLetter && !$0.isNumber }.joined(separator: " ")
                if let known = found.firstIndex(where: { $0.plain == plain }) {
                    if !found[known].levels.contains(level.level) { found[known].levels.append(level.level) }
                } else {
                    found.append((plain, anchor, [level.level]))
                }
            }
        }
        return found.filter { $0.levels.count > 1 }.map { ($0.anchor, $0.levels) }
    }

    /// `level 3`, `levels 1, 2 and 5`.
    private static func levels(_ numbers: [Int]) -> String {
        let texts = numbers.map(String.init)
        guard let last = texts.last, texts.count > 1 else { return "level \(texts.joined())" }
        return "levels \(texts.dropLast().joined(separator: ", ")) and \(last)"
    }
}

extension AskedQuestion.RubricLevel {
    /// Whether an answer could be told to be at this level.
    fileprivate var isUsable: Bool {
        !label.trimmed.isEmpty && (!description.trimmed.isEmpty || !behavioralAnchors.isEmpty)
    }
}

extension Finding {
    fileprivate init(_ code: Code, _ severity: Severity, _ position: Int?, levels: [Int] = [], _ message: String) {
        self.init(code: code, severity: severity, questionPosition: position, rubricLevels: levels, message: message)
    }
}
