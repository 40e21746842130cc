/// Finds the parts of Situation, Task, Action and Result by what people say when they come to
/// them. The lexicon is the whole rule: a clause has a part when it has one of the part's cues.
enum StarCues {
    enum Part: String, CaseIterable {
        case situation, task, action, result
    }

    static func parts(of clause: Clause) -> Set<Part> {
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
            in my last, at my last, in my previous, at my previous, in my first, in my current, at my current
            last year, last month, last week, last summer, last winter, last spring, last autumn, last fall
            years ago, months ago, weeks ago, one time, there was a, there were, at the time, at that time
            when i was, when i worked, when i joined, when i started, while i was, i was working, we were working
            i used to work, our company, our team had, my team had, our team was, my team was, our client
            we had a, the situation, the background, a customer, a client, two members, in a project, on a project
            """),
        .task: phrases("""
            my task, our task, the task, my goal, our goal, the goal, my job was, my role, my responsibility
            responsible for, in charge of, i had to, we had to, i needed to, we needed to, i was asked, i was told
            was to help, was to make, was to find, was to build, the challenge, the deadline, was due, had only
            was supposed to, were supposed to, my assignment, it was up to me, my objective, our objective, the aim
            """),
        .action: phrases("""
            my first step, the first thing i, the next step, what i did, i then, then i, so i, i also, i decided to
            i started by, i began by, my approach, step by step
            """),
        .result: phrases("""
            as a result, in the end, at the end, because of that, because of this, the result, the outcome
            this led to, that led to, which led to, which meant, in total, finally, eventually, success*
            increased, decreased, reduced, saved, improved, doubled, grew, won, percent, on time, ahead of
            we finished, i finished, we delivered, i delivered, we completed, i completed, week early, weeks early
            day early, days early, never happened again, i learned that, i learned to, what i learned, was happy
            were happy, was pleased, were pleased, thanked, renewed
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

    private static let irregular: Set<String> = [
        "built", "bought", "broke", "brought", "chose", "cut", "drew", "found", "gave", "held", "led", "made",
        "met", "put", "ran", "read", "sat", "sent", "set", "sold", "spent", "spoke", "split", "took", "taught",
        "told", "wrote", "did",
    ]

    /// Verbs that tell of a state, or set the scene.
    private static let states: Set<String> = [
        "agreed", "believed", "needed", "wanted", "liked", "loved", "hated", "worked", "started", "joined",
        "happened", "seemed", "hoped", "lived", "failed", "finished", "completed", "delivered", "learned",
        "received", "stayed",
    ]
}
