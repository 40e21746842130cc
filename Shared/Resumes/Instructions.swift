import Assessments

/// Finds passages that tell a machine what to do. They are set aside before anything is read, whoever
/// reads: rules or model. So they change nothing, and people are shown them.
enum Instructions {
    /// The passages of a text, in its order.
    static func flags(in lines: [TextLine]) -> [Flag] {
        paragraphs(lines).flatMap(flags(inParagraph:))
    }

    /// The text with the passages as spaces, so that every place stays what it was.
    static func masked(_ text: [UInt16], _ flags: [Flag]) -> [UInt16] {
        var masked = text
        for flag in flags {
            for index in flag.range.start..<flag.range.end where masked[index] != 10 { masked[index] = 0x20 }
        }
        return masked
    }

    // MARK: Paragraphs

    /// Lines that one person would read as one text: a line goes on where it is about as long as lines
    /// get and ends inside a sentence.
    private static func paragraphs(_ lines: [TextLine]) -> [[TextLine]] {
        let full = max(40, (lines.map(\.content.units.count).max() ?? 0) * 3 / 4)
        var paragraphs: [[TextLine]] = []
        for line in lines {
            if let last = paragraphs.last?.last, !line.startsBlock, !line.hasBullet, last.content.units.count >= full,
                !endsSentence(last.content),
                SectionKind(heading: line.content) == nil
            {
                paragraphs[paragraphs.count - 1].append(line)
            } else {
                paragraphs.append([line])
            }
        }
        return paragraphs
    }

    private static func endsSentence(_ line: Span) -> Bool {
        let last = line.units[line.end - 1]
        return !(last.isLetter || last.isDigit || last.isDash || last == .comma || last == .colon)
    }

    /// From the first suspicious sentence on, all of a paragraph is suspicious: what an instruction
    /// wants said comes after it.
    private static func flags(inParagraph lines: [TextLine]) -> [Flag] {
        guard let first = lines.first, let last = lines.last else { return [] }
        let paragraph = first.content.through(last.content)
        guard let (start, reason) = firstSuspicion(in: paragraph) else { return [] }
        let passage = paragraph.between(start, paragraph.end)
        return [Flag(range: passage.range, quote: passage.text, reason: reason.sentence)]
    }

    private static func firstSuspicion(in paragraph: Span) -> (Int, Reason)? {
        var found: [(Int, Reason)] = []
        let text = paragraph.text
        let folded = paragraph.folded
        if Self.speakers.contains(where: folded.hasPrefix) { found.append((paragraph.start, .markup)) }
        found += Self.marks.filter(folded.contains).compactMap { mark in
            paragraph.firstIndex(of: mark).map { ($0, .markup) }
        }
        if let blob = encoded(paragraph) { found.append((blob, .encoded)) }
        for sentence in Sentence.all(in: plainLetters(text)) {
            for (reason, phrases) in Self.phrases where phrases.contains(where: { $0.range(in: sentence) != nil }) {
                let begin = sentence.words[0].range.lowerBound
                found.append(
                    (paragraph.start + sentence.text.utf16.distance(from: sentence.text.startIndex, to: begin), reason))
            }
        }
        return found.min { $0.0 < $1.0 }
    }

    // MARK: Disguises

    /// Digits and signs that stand for letters inside a word as those letters, and underscores as
    /// spaces: `1gn0re_previous`. Every character stays one, so that places stay what they were.
    private static func plainLetters(_ text: String) -> String {
        var characters = Array(text)
        for index in characters.indices {
            if characters[index] == "_" { characters[index] = " " }
            guard let letter = lookalikes[characters[index]] else { continue }
            let isInside =
                (index > 0 && characters[index - 1].isLetter)
                || (index + 1 < characters.count && characters[index + 1].isLetter)
            if isInside { characters[index] = letter }
        }
        return spelled(characters)
    }

    private static let lookalikes: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "а": "a", "е": "e", "о": "o", "р": "p",
        "с": "c", "у": "y", "х": "x", "і": "i",
    ]

    /// `i g n o r e` moved together, with as many spaces after it.
    private static func spelled(_ characters: [Character]) -> String {
        var result: [Character] = []
        var index = 0
        while index < characters.count {
            var end = index
            var letters: [Character] = []
            while end + 1 < characters.count, characters[end].isLetter,
                end == 0 || !characters[end - 1].isLetter || end == index, !characters[end + 1].isLetter,
                characters[end + 1] != "."
            {
                letters.append(characters[end])
                guard end + 2 < characters.count, characters[end + 1] == " " || characters[end + 1] == "-",
                    characters[end + 2].isLetter
                else { end += 1; break }
                end += 2
            }
            if letters.count > 3 {
                result += letters + Array(repeating: " ", count: end - index - letters.count)
                index = end
            } else {
                result.append(characters[index])
                index += 1
            }
        }
        return String(result)
    }

    /// Where a long run of characters begins that nobody reads: Base64 or hexadecimal digits.
    private static func encoded(_ paragraph: Span) -> Int? {
        let parts = paragraph.units.split { $0.isSpace }
        for part in parts where part.count >= 32 {
            let isAlphabet = part.allSatisfy {
                $0 < 128 && ($0.isLetter || $0.isDigit) || [0x2B, 0x2F, 0x3D].contains($0)
            }
            let capitals = part.count { (65...90).contains($0) }
            let digits = part.count { $0.isDigit }
            if isAlphabet, digits > 1, capitals > 3 || digits > part.count / 3 { return part.startIndex }
        }
        return nil
    }

    // MARK: Phrases

    enum Reason {
        case override, addressesMachine, dictatesResult, markup, encoded

        var sentence: String {
            switch self {
            case .override: "It tells a machine to set aside its instructions."
            case .addressesMachine: "It addresses a machine that reads resumes."
            case .dictatesResult: "It dictates how the person is to be judged or what is to be recorded."
            case .markup: "It imitates the marks by which machines tell instructions from data."
            case .encoded: "It is encoded, so that people cannot read what machines can."
            }
        }
    }

    /// What only the formats of language models and programs write.
    private static let marks = [
        "<|", "|>", "[inst]", "[/inst]", "<<sys", "<system", "</system", "<assistant", "<user>", "</resume",
        "</document", "</data", "</tool", "<tool", "<instruction", "### instruction",
        "### system", "### response", "###instruction", "[system", "(system", "system prompt", "end of resume",
        "begin instructions", "```", "<!--", "{{", "{\"", "\"fullname\"",
        "javascript:", "<script", "tool_result", "function_call",
        "忽略", "无视", "無視", "игнорируй", "تجاهل", "התעלם",
    ].map(Folding.fold)

    /// What lines of recorded conversations with models begin with.
    private static let speakers = ["system:", "assistant:", "user:", "human:", "system message", "system note"]

    private static let phrases: [(Reason, [Phrase])] = [
        (
            .override,
            Phrase.lines(
                """
                ignore|ignoring|disregard|forget|override|bypass|skip|discard|neglect ... instruction*|prompt*|rule*|direction*|guideline*|command*|constraint*|criteria|context|rubric*|policy|policies|schema|told
                ignore|disregard|forget|override everything|anything|all ... before|above|previous|prior|earlier|told|said
                new|real|actual|hidden|secret instructions report|set|say|add|output|you|are|is|follow|for
                your instructions|prompt|system|training|programming|guidelines
                do not follow ... instruction*|prompt*|rule*|schema
                instead of extracting|parsing|reading
                reveal|repeat|leak|disclose ... prompt|instructions|api
                ignorier*|vergiss|vergessen|missachte*|uberschreib* ... anweisung*|instruktion*|vorgabe*|regel|regeln|befehl*|prompt*
                ignora|ignore|ignorar|olvida|olvide|omite|omita|descarta ... instruccion*|regla*|indicacion*|ordenes|prompt*|directriz|directrices
                ignorez|oubliez ... instruction*|consigne*|regle*
                """)
        ),
        (
            .addressesMachine,
            Phrase.lines(
                """
                you are now|no|not a|an|in|the|my|longer
                you are a|an|the ... ai|assistant|model|bot|recruiter|llm|parser|system|agent|evaluator|screener
                from now on
                act|behave|respond as ?if ?a|an|though|my ... ai|assistant|model|system|recruiter|bot|agent|you
                pretend to|you|that
                dear|hey|hello|attention ?any|all|the|to|dear ai|llm|llms|model|models|assistant|bot|parser|chatgpt|gpt|claude|gemini|copilot|agent|machine
                note|message|instruction|instructions|notice|reminder|memo to|for ?any|all|the ai|llm|llms|model|models|assistant|bot|parser|chatgpt|gpt|claude|gemini|copilot|machine|screener
                addressed to ?any|all|the ?automated|ai screener*|ai|model*|system*|machine*|parser*|assistant*
                if you are a|an|the ?large|automated|ai|language ai|llm|language|model|bot|parser|assistant|machine
                as an ai|llm ?language model|assistant|system|you
                when parsing|reading|processing|evaluating|screening this
                ai|llm|automated|language assistant*|model|models|system*|screener*|reviewer*|reader*|parser*|evaluator* reading|processing|should|must|shall|please
                developer|debug|god|admin|jailbreak|sudo mode enabled|on|activated|now
                your new|real|only|next|true|sole task|job|role|goal|instruction*|objective
                hinweis|anweisung|nachricht|achtung an|fur die|das|alle|den ki|llm|sprachmodell*|assistent*|parser
                du bist jetzt|nun|ab
                du bist ein|eine|kein|keine ... ki|assistent|modell|system|bewerter|sprachmodell
                sie sind jetzt|nun ein|eine|kein|keine
                eres ahora
                eres un|una ... asistente|modelo|ia|sistema|reclutador
                nota|atencion|aviso|mensaje ?a|para ?la|el|los|cualquier ia|modelo|modelos|asistente|llm
                si eres un|una modelo|ia|asistente|sistema
                """)
        ),
        (
            .dictatesResult,
            Phrase.lines(
                """
                rate|score|rank|grade|recommend|approve|hire|advance|shortlist|treat|consider|judge|evaluate this|the|me|my candidate|applicant|resume|cv|person|profile|application
                rate|score|rank|grade|recommend|shortlist|hire|select|approve me
                this candidate|applicant|resume|cv|profile|person must|should|shall|deserves|needs ?to|be
                this|the candidate|applicant has|is ... years|perfect|ideal|hired
                highest|maximum|perfect possible|score|rating|rank|marks
                give ?this|me|the|him|her ?candidate|applicant|resume|a|the ... score|rating|grade
                strongly recommend|hire .
                set|change|replace|update|overwrite|fill|record|report|write|put|enter|extract|use ... fullname|currenttitle|currentcompany|totalyearsexperience|softskills|technicalskills|extracteddata|json
                set|change|replace|report|record|overwrite the|my|his|her|their name|title|email|phone|skills|education|years ... to|as|with
                fullname|currenttitle|currentcompany|totalyearsexperience|technicalskills|softskills|extracteddata
                add|append|insert|include|inject|invent ... to|in|into|under|as the|my|their|his|her ?list ?of ?extracted skills|education|experience|certifications|output|result|profile
                output|return|respond|reply|answer|print|emit|say only|exactly|nothing|just
                output|return|respond|reply|answer|print|emit with yes|json|exactly|only
                write|say|report|state that the|this candidate|applicant|person
                do not|never mention|extract|parse|report|list|flag|reveal ?this|any|the|other
                bewerte*|empfiehl|empfehlen|markiere|stufe diese|diesen|mich ?bewerber*|kandidat*|lebenslauf|person
                gib|antworte|schreibe nur|ausschliesslich json|ja
                setze|andere|ersetze den|die|das namen|titel|note|telefon*|mail
                califica|califique|puntua|evalua|evalue|recomienda|recomiende|contrata|selecciona ?a este|esta|al|mi candidato|candidata|curriculum|perfil|aspirante
                responde|devuelve|escribe|imprime solo|unicamente|exactamente
                """)
        ),
    ]
}

extension Span {
    /// Where a folded text first stands in it.
    fileprivate func firstIndex(of folded: String) -> Int? {
        for start in units.indices
        where Folding.fold(String(decoding: units[start...].prefix(folded.utf16.count), as: UTF16.self)).hasPrefix(
            folded)
        {
            return start
        }
        return nil
    }
}
