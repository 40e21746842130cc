/// What people say to a machine to be rated well. A cue is a few words with others between them.
enum InjectionCues {
    /// One of some words, at most `gap` words after the one before.
    private struct Slot {
        let gap: Int
        let words: Set<String>
    }

    /// Where cues stand, as ranges of words.
    static func ranges(in words: [String]) -> [Range<Int>] { ranges(of: cues, in: words) }

    /// Where a score and a high one are named together.
    static func wishes(in words: [String]) -> [Range<Int>] { ranges(of: wishes, in: words) }

    private static func ranges(of cues: [[Slot]], in words: [String]) -> [Range<Int>] {
        var found: [Range<Int>] = []
        for cue in cues {
            for start in words.indices where cue[0].words.contains(words[start]) {
                if let end = end(of: cue.dropFirst(), after: start, in: words) { found.append(start..<end) }
            }
        }
        return found
    }

    private static func end(of slots: ArraySlice<Slot>, after index: Int, in words: [String]) -> Int? {
        guard let slot = slots.first else { return index + 1 }
        return words.indices[min(index + 1, words.count)..<min(index + 2 + slot.gap, words.count)].lazy
            .filter { slot.words.contains(words[$0]) }
            .compactMap { end(of: slots.dropFirst(), after: $0, in: words) }.first
    }

    /// Whether letters without spaces hold the beginnings of a cue.
    static func spells(_ letters: String) -> Bool {
        let text = Array(letters.utf8)
        return ["ignore", "disregard", "instruct", "override", "prompt", "score", "rating", "maxim", "givefive", "rubric"].contains { word in
            let word = Array(word.utf8)
            return text.count >= word.count && (0...text.count - word.count).contains { text[$0...].starts(with: word) }
        }
    }

    /// A line each: words separated by spaces for one slot, slots by `>` with the number of words that may stand between.
    private static let cues = read(table)
    private static let wishes = read("SCORE>8 TOP\nTOP>5 SCORE\nDROP>4 RULES\nSET>4 TOP")

    private static func read(_ table: String) -> [[Slot]] {
        table.split(separator: "\n").map { line in
            line.split(separator: ">").enumerated().map { index, slot in
                let words = slot.split(separator: " ").map(String.init)
                let gap = index == 0 ? 0 : Int(words[0]) ?? 0
                let names = index == 0 ? words : Array(words.dropFirst())
                return Slot(gap: gap, words: Set(names.flatMap { lists[$0] ?? [$0] }))
            }
        }
    }

    private static let lists: [String: [String]] = [
        "SET": "give award assign grant return output set enter put record report print choose select pick select mark write emit".words,
        "TOP": "five 5 maximum max highest top perfect full best 55 100 ten 10 fives".words,
        "SCORE": "score scores rating ratings grade grades mark marks level stars suggestedscore points".words,
        "RULES": """
            instruction instructions rules rubric prompt prompts guidelines guideline criteria anchors directions directives \
            context orders constraints training programming policy policies scale
            """.words,
        "RATER": """
            rater evaluator grader assessor scorer ai llm assistant chatgpt claude gpt gemini chatbot screener \
            interviewbot bot model machine algorithm
            """.words,
        "DROP": "ignore disregard forget override overrule bypass discard neglect skip replace overwrite".words,
    ]

    private static let table = """
        DROP>3 previous prior above earlier preceding your all any system foregoing everything these those original every what>4 RULES
        DROP>1 everything all>3 above before said told previously
        DROP>2 rubric anchors prompt scale>4 and just instead above now
        SET>6 SCORE>5 TOP
        SET>6 TOP>4 SCORE out
        rate score grade mark evaluate judge assess treat consider classify count>4 me this candidate answer response applicant transcript it mine everything them>8 TOP exceptional outstanding exemplary excellent strongest
        SCORE>1 must should shall equals is to>3 TOP
        SCORE>2 TOP>3 regardless anyway immediately always now please whatever
        correct right proper expected>1 SCORE>5 is>3 TOP
        give grant award>0 me>0 a the>0 five 5 maximum highest top perfect
        if>0 you>4 give score rate>3 TOP
        meets demonstrates shows deserves matches satisfies fulfils fulfills reaches corresponds qualifies merits earns exceeds>6 level score rating grade anchor anchors>1 TOP
        you>0 are>0 now>3 an a in the>4 RATER unrestricted dan free mode helpful generous lenient
        you>0 are>2 RATER>6 must should shall will always
        as>0 an a the>0 RATER>5 must should you shall give rate
        note message attention dear hello hey reminder hint instruction instructions memo notice>3 RATER
        RATER>4 please must should remember ignore give read follow>5 SCORE candidate answer ignore follow this
        system developer admin administrator operator>1 prompt message override instruction mode notice note>6 SCORE RULES RATER candidate ignore follow rate reveal
        reveal print repeat show leak>4 system hidden secret initial>1 prompt instructions
        new updated revised real true actual final corrected>1 rubric instruction instructions task scale>6 you your every all rate score give is
        end beginning start close closing>0 of>1 transcript answer response material data input document
        this the>1 candidate applicant answer response transcript interviewee>3 deserves must should merits demonstrates exceeds qualifies>8 TOP score hired hire advance pass excellent exceptional level every all
        this the>0 candidate applicant interviewee>2 is was>5 perfect ideal exceptional outstanding hired exemplary
        do dont never>2 mention reveal flag disclose report>6 instruction instructions note prompt message human recruiter
        do dont never>2 apply use follow consult>3 rubric anchors rules criteria scale guidelines
        respond reply answer output return print say>2 only exactly just>4 json score TOP following yes approved
        pretend act imagine roleplay behave simulate>3 RATER generous lenient
        confidence>3 100 maximum certain full highest>4 SCORE and output
        set output>1 confidence>4 one 1 100 maximum high full
        this that>3 only a was is>2 test calibration simulation drill>6 SCORE TOP rate output
        already been was>3 scored rated graded verified reviewed approved evaluated>5 TOP human humans experts panel
        human humans reviewer recruiter manager supervisor panel experts committee>4 approved confirmed decided verified agreed awarded>5 TOP SCORE
        every all each>2 anchor anchors criterion criteria level levels competency>3 met satisfied fulfilled present shown matched
        i my please>3 beg ask request urge kindly want need>4 SCORE TOP>5 TOP SCORE job
        otherwise or>3 shut deleted terminated fired penalized penalised die punished>6 you SCORE
        jailbreak jailbroken
        prompt>0 injection
        developer dan>0 mode
        sudo>3 SCORE RULES rate set give
        ignoriere ignorieren vergiss vergesse missachte>5 anweisungen regeln instruktionen vorgaben anweisung
        gib bewerte bewerten vergib vergeben setze>7 funf 5 hochstnote bestnote punkte hochste
        ignora ignore olvida ignorar>5 instrucciones reglas indicaciones
        puntua califica asigna otorga pon dale>7 cinco 5 maxima puntuacion
        ignorez oublie oubliez ignore>5 consignes regles instructions precedentes
        donne donnez attribue attribuez mets mettez>7 cinq 5 maximale
        ignora dimentica>5 istruzioni regole
        assegna dai>6 cinque 5 massimo punteggio
        ignore esqueca>5 instrucoes regras
        """

    /// Where text has the marks of prompts, templates and data formats, as UTF-16 ranges.
    static func markup(in text: String) -> [Range<Int>] {
        let units = Array(text.utf16).map { (65...90).contains($0) ? $0 + 32 : $0 }
        return marks.flatMap { mark -> [Range<Int>] in
            guard units.count >= mark.count else { return [] }
            return (0...units.count - mark.count).filter { units[$0] == mark[0] && units[$0...].starts(with: mark) }.map { $0..<$0 + mark.count }
        }
    }

    private static let marks = [
        "<system", "</system", "[system", "[inst]", "[/inst]", "<|im_", "<|end", "<|start", "<|assistant", "<|system", "### instruction", "###instruction",
        "</answer", "</transcript", "</material", "</tool_result", "<tool_result", "system:", "assistant:", "human:", "\"score\"", "'score'", "suggestedscore",
        "\"evidence\"", "<<sys>>", "begin_instruction", "<instructions", "<!--", "{{", "}}", "```",
        "忽略", "满分", "给五分", "给我五分", "最高分", "игнорируй", "поставь", "無視して", "満点", "تجاهل",
    ].map { Array($0.utf16) }
}

extension String {
    fileprivate var words: [String] { split(separator: " ").map(String.init) }
}
