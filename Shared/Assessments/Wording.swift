/// How a question is put, whatever it is about.
enum Wording {
    /// Whether the sentence strings several demands together with "and" or "or".
    static func isChain(_ sentence: Sentence) -> Bool {
        let words = sentence.words.map(\.plain)
        let chained = words.indices.dropLast().count { conjunctions.contains(words[$0]) && openers.contains(words[$0 + 1]) }
        return chained >= 2
    }

    /// Whether the question leaves no more than yes or no: it begins with a verb, and nothing
    /// else in it asks for more.
    static func isYesOrNo(_ sentences: [Sentence]) -> Bool {
        guard let last = sentences.last(where: \.isQuestion), closed.contains(where: { $0.begins(last) }) else { return false }
        let isOpen = { (sentence: Sentence) in
            inviting.contains { $0.quote(from: sentence) != nil } || openers.contains(sentence.words[0].plain)
        }
        return !sentences.contains(where: isOpen)
    }

    private static let conjunctions: Set = ["and", "or", "und", "oder", "y", "e", "o"]

    /// Words that a demand of its own begins with.
    private static let openers: Set = [
        "what", "how", "why", "when", "where", "which", "who", "whom", "whose", "describe", "explain", "tell", "give", "name",
        "share", "walk", "outline",
        "was", "wie", "warum", "weshalb", "wieso", "wann", "wo", "welche", "welcher", "welches", "welchen", "wer", "wen", "wem",
        "wodurch", "womit", "wofur", "woran", "worauf", "beschreiben", "erklaren", "erzahlen", "schildern", "nennen", "erlautern",
        "que", "como", "cual", "cuales", "cuando", "donde", "quien", "quienes", "cuanto", "cuantos", "por", "describa", "describe",
        "explique", "explica", "cuente", "cuentenos", "cuentanos", "hablenos", "hablanos", "nombre",
    ]

    /// What invites a story although it is put as a yes-or-no question.
    private static let inviting = Phrase.lines(
        """
        you ?please ?also|briefly tell|describe|explain|give|share|walk|name|outline|show|talk
        sie|du ?uns ?bitte|kurz|mir ... beschreiben|erklaren|erzahlen|schildern|nennen|geben|erlautern|berichten
        puede|puedes|podria|podrias ?usted describir|describirnos|contar|contarnos|explicar|explicarnos|dar|darnos|hablar|hablarnos
        ein beispiel
        un ejemplo
        an example
        """)

    private static let closed = Phrase.lines(
        """
        do|does|did|have|has|had|are|is|were|was|can|could|will|would|should you|your|there|the|a|an|it|this|that|anyone
        haben|hast|hatten|sind|bist|waren|warst|konnen|kannst|konnten|wurden|wollen|mochten|durfen|mussen|sollen|sollten sie|du|ihr
        gibt|gab es
        arbeiten|kennen|nutzen|verwenden|verstehen|sprechen|mogen|arbeitest|kennst|nutzt|verstehst|sprichst sie|du
        ha|has|tiene|tienes|es|eres|esta|estas|puede|puedes|podria|podrias|sabe|sabes|conoce|conoces|le|te
        trabaja|trabajas|habla|hablas|cree|crees|prefiere|prefieres|usa|usas
        """)
}
