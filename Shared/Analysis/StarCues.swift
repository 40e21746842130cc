/// Finds the parts of Situation, Task, Action and Result by what people say when they come to them, and by the order in
/// which a story is told: what was the case before anybody acts, and what others did or what was the case afterwards.
enum StarCues {
    enum Part: String, CaseIterable {
        case situation, task, action, result
    }

    /// - Parameter text: what the clauses are of, in UTF-16.
    static func parts(of clauses: [Clause], in text: [UInt16]) -> [Set<Part>] {
        var parts = clauses.map(cued)
        let sentences = sentences(clauses, in: text)
        for sentence in sentences { settle(sentence, &parts) }
        guard let firstAction = parts.firstIndex(where: { $0.contains(.action) }) else { return parts }
        let lastAction = parts.lastIndex { $0.contains(.action) } ?? firstAction
        for sentence in sentences where sentence.allSatisfy({ parts[$0].isEmpty }) {
            guard let told = sentence.first(where: { isTold(clauses[$0]) }) else { continue }
            if sentence.upperBound <= firstAction {
                parts[told] = [.situation]
            } else if sentence.lowerBound > firstAction, sentence.lowerBound > lastAction || !isAboutSpeaker(clauses[sentence.lowerBound]) {
                parts[told] = [.result]
            }
        }
        return parts
    }

    /// Where nothing divides sentences, as in what some recognisers write, each clause is one.
    private static func sentences(_ clauses: [Clause], in text: [UInt16]) -> [Range<Int>] {
        let isPunctuated = text.contains { Array(".?!".utf16).contains($0) }
        var starts: [Int] = []
        for index in clauses.indices where index == 0 || !isPunctuated || endsSentence(clauses[index - 1], clauses[index], text) {
            starts.append(index)
        }
        return starts.enumerated().map { $0.element..<($0.offset + 1 < starts.count ? starts[$0.offset + 1] : clauses.count) }
    }

    private static func endsSentence(_ clause: Clause, _ next: Clause, _ text: [UInt16]) -> Bool {
        let between = clause.tokens[clause.tokens.endIndex - 1].characters.upperBound..<next.tokens[next.tokens.startIndex].characters.lowerBound
        return text[between].contains { Array(".?!\n".utf16).contains($0) }
    }

    /// In a sentence that sets the scene or tells an outcome, "I" and "we" with a verb of doing are part of that.
    private static func settle(_ sentence: Range<Int>, _ parts: inout [Set<Part>]) {
        let hasActedBefore = parts[..<sentence.lowerBound].contains { $0.contains(.action) }
        let all = sentence.reduce(into: Set<Part>()) { $0.formUnion(parts[$1]) }
        let scene: Part? = all.contains(.situation) && !hasActedBefore ? .situation : all.contains(.result) && hasActedBefore ? .result : nil
        guard let scene, all.contains(.action) else { return }
        for index in sentence where parts[index].contains(.action) && !parts[index].contains(.task) {
            parts[index].remove(.action)
            parts[index].insert(scene)
        }
    }

    // ---- Cues

    private static func cued(_ clause: Clause) -> Set<Part> {
        let words = clause.words
        var parts = Set(Part.allCases.filter { part in
            cues[part, default: []].contains { contains($0, in: words) }
        })
        if hasAction(words) { parts.insert(.action) }
        return parts
    }

    /// An asterisk stands for any ending.
    private static let cues: [Part: [[Substring]]] = [
        .situation: phrases("""
            in my last, at my last, in my previous, at my previous, in my first, in my current, at my current, at my old
            last year, last month, last week, last summer, last winter, last spring, last autumn, last fall, the summer i, the year i
            years ago, months ago, weeks ago, one time, there was a, there were, at the time, at that time
            when i was, when i worked, when i joined, when i started, while i was, i was working, we were working
            i used to work, our company, our team had, my team had, our team was, my team was, our client
            we had a, the situation, the background, a customer, a client, two members, in a project, on a project
            """),
        .task: phrases("""
            my task, our task, the task, my goal, our goal, the goal, my job was, was my job, our job was, my role was, my responsibility
            responsible for, in charge of, i had to, we had to, somebody had to, someone had to, i needed to, we needed to, i wanted to
            i was asked, i was told, asked me to, told me to, wanted me to, expected me to, i was given
            was to help, was to make, was to find, was to build, the challenge, the deadline was, the deadline for, was due, had only
            was supposed to, were supposed to, my assignment, up to me, my objective, our objective, the aim
            """),
        .action: phrases("""
            my first step, the first thing i, the next step, what i did, i then, then i, i also, i decided to
            i started by, i began by, my approach, step by step, i worked through, i worked out, i worked with
            """),
        .result: phrases("""
            as a result, in the end, at the end, because of that, because of this, the result, the outcome
            this led to, that led to, which led to, it led to, which meant, in total, finally, eventually, success*
            increased, decreased, reduced, saved, improved, doubled, grew, won, percent, on time, ahead of, dropped by, dropped from, dropped to
            fell by, fell from, fell to, rose by, rose from, rose to, went from, went up by, went down by, cut in half, since then, ever since
            we finished, i finished, we delivered, i delivered, we completed, i completed, we shipped, we launched, we met the, week early
            weeks early, day early, days early, never happened again, i learned that, i learned to, what i learned, i took away
            lesson i, was happy, were happy, was pleased, were pleased, thanked, renewed, nobody noticed, no longer
            """),
    ]

    private static func phrases(_ list: String) -> [[Substring]] {
        list.split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ") }
    }

    private static func contains(_ cue: [Substring], in words: [String]) -> Bool {
        words.indices.contains { start in
            start + cue.count <= words.count && zip(cue, words[start...]).allSatisfy { cue, word in
                cue.last == "*" ? word.hasPrefix(cue.dropLast()) : word == cue
            }
        }
    }

    // ---- Verbs

    /// "I" or "we" and a verb of doing in the past, at most one word between them.
    private static func hasAction(_ words: [String]) -> Bool {
        words.indices.contains { index in
            (words[index] == "i" || words[index] == "we")
                && words[(index + 1)...].prefix(2).contains(where: isDoing)
        }
    }

    private static func isDoing(_ word: String) -> Bool {
        irregular.contains(word) || word.hasSuffix("ed") && word.count > 4 && !states.contains(word)
    }

    /// Whether a clause by itself tells of something in the past: it has a subject and a verb, and does not hang on another.
    private static func isTold(_ clause: Clause) -> Bool {
        let words = clause.words
        guard let first = words.first, !hanging.contains(first), !irregular.contains(first), !first.hasSuffix("ed") else { return false }
        return !words.contains(where: unreal.contains)
            && words.dropFirst().contains { past.contains($0) || irregular.contains($0) || $0.hasSuffix("ed") && $0.count > 4 }
    }

    private static func isAboutSpeaker(_ clause: Clause) -> Bool {
        ["i", "we", "my", "our", "then", "after", "every"].contains(clause.words.first ?? "")
    }

    private static let irregular: Set<String> = [
        "built", "bought", "broke", "brought", "chose", "cut", "drew", "found", "gave", "held", "led", "made",
        "met", "put", "ran", "read", "sat", "sent", "set", "sold", "spent", "spoke", "split", "took", "taught",
        "told", "wrote", "did",
    ]

    /// The past of other common verbs: of being, becoming and happening.
    private static let past: Set<String> = [
        "was", "were", "had", "got", "came", "went", "left", "kept", "became", "began", "felt", "fell", "grew", "knew", "lost",
        "paid", "rose", "said", "stood", "stopped", "thought", "won", "could",
    ]

    /// Words with which a clause hangs on another, or asks.
    private static let hanging: Set<String> = [
        "that", "which", "who", "whom", "because", "although", "if", "so", "until", "unless", "whether", "as", "than", "how", "why", "what",
    ]

    /// What only would be is not told as a story.
    private static let unreal: Set<String> = ["would", "if", "should", "will", "might"]

    /// Verbs that tell of a state, or set the scene.
    private static let states: Set<String> = [
        "agreed", "believed", "needed", "wanted", "liked", "loved", "hated", "worked", "started", "joined",
        "happened", "seemed", "hoped", "lived", "failed", "finished", "completed", "delivered", "learned",
        "received", "stayed", "shipped", "launched", "turned", "noticed",
    ]
}
