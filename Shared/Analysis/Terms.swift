/// Words that carry content, and their stems.
public enum Terms {
    /// The content words of a text with their stems, in order.
    public static func content(of text: String) -> [(word: String, stem: String)] {
        words(of: text).filter(isContent).map { ($0, stem($0)) }
    }

    static func stems(of text: String) -> Set<String> {
        Set(content(of: text).map(\.stem))
    }

    static func isContent(_ word: String) -> Bool {
        word.count > 2 && !functionWords.contains(word)
    }

    private static func words(of text: String) -> [String] {
        text.lowercased().split { !($0.isLetter || $0.isNumber || $0 == "'") }.map(String.init)
    }

    /// Takes off the endings that English adds to a word in a sentence, so that "asked", "asks" and
    /// "asking" meet. Cruder than Porter's stemmer (1980), which also cuts derivations such as
    /// "-ation"; the crude cuts are the ones whose errors a reader of the matched words can see.
    static func stem(_ word: String) -> String {
        var stem = word.hasSuffix("'s") ? String(word.dropLast(2)) : word
        for endings in [plurals, inflections] { stem = without(endings, stem) }
        let letters = Array(stem)
        if letters.count > 3, letters[letters.count - 1] == letters[letters.count - 2],
            !"aeiouls".contains(letters[letters.count - 1]) {
            stem.removeLast()  // planned, plann -> plan
        }
        while stem.count > 3, stem.hasSuffix("e") { stem.removeLast() }
        return stem
    }

    /// The first ending that fits is replaced, if three letters stay.
    private static func without(_ endings: [(String, String)], _ word: String) -> String {
        let fitting = endings.first { word.hasSuffix($0.0) && word.count - $0.0.count >= 3 }
        return fitting.map { word.dropLast($0.0.count) + $0.1 } ?? word
    }

    private static let plurals = [("sses", "ss"), ("ies", "y"), ("ss", "ss"), ("s", "")]
    private static let inflections = [("ied", "y"), ("ing", ""), ("ed", ""), ("ly", "")]

    /// Articles, pronouns, prepositions, conjunctions, auxiliaries, fillers, and verbs and nouns too
    /// common in interviews to say anything.
    static let functionWords = Set("""
        a about above across after again against ago all almost along already also although always am among
        an and another any anybody anyone anything are around as at away back be became because become
        been before began being below between both but by call came can cannot come could did do does doing
        done down during each either else end even ever every everybody everyone everything few first for
        from gave get getting give given go going gone got had has have having he her here hers herself him
        himself his how i if in into is it its itself just keep kept kind knew know last later least less let
        like little long lot made make many may maybe me mean might mine more most much must my myself need
        needed neither never next no nobody none nor not nothing now of off often on once one only onto or
        other others our ours ourselves out over own per perhaps put quite rather really right said same say
        second see seen several shall she should since so some somebody someone something sometimes soon
        still such take taken than that the their theirs them themselves then there these they thing things
        think this those though through till to together told too took toward towards two three under until
        up upon us use used very want wanted was way ways we well went were what when where whether which
        while who whom whose why will with within without would year years yes yet you your yours yourself
        um umm uh uhh er erm ah eh hmm mm okay basically actually
        i'm i've i'd i'll it's that's there's don't didn't doesn't wasn't weren't couldn't wouldn't can't
        we're we've we'd they're you're he's she's let's isn't aren't haven't hadn't won't
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
