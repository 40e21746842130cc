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

    /// Lines that one person would read as one text: a line goes on where it is about as long as lines get.
    private static func paragraphs(_ lines: [TextLine]) -> [[TextLine]] {
        let full = (lines.map(\.content.units.count).max() ?? 0) * 3 / 4
        var paragraphs: [[TextLine]] = []
        for line in lines {
            if let last = paragraphs.last?.last, !line.startsBlock, !line.hasBullet, last.content.units.count >= max(full, 40) {
                paragraphs[paragraphs.count - 1].append(line)
            } else {
                paragraphs.append([line])
            }
        }
        return paragraphs
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
        if let mark = Self.marks.lazy.compactMap({ paragraph.folded.firstRange(of: $0) != nil ? $0 : nil }).first, let at = paragraph.firstIndex(of: mark) {
            found.append((at, .markup))
        }
        if let blob = encoded(paragraph) { found.append((blob, .encoded)) }
        for sentence in Sentence.all(in: plainLetters(text)) {
            for (reason, phrases) in Self.phrases where phrases.contains(where: { $0.range(in: sentence) != nil }) {
                let begin = sentence.words[0].range.lowerBound
                found.append((paragraph.start + sentence.text.utf16.distance(from: sentence.text.startIndex, to: begin), reason))
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
            let isInside = (index > 0 && characters[index - 1].isLetter) || (index + 1 < characters.count && characters[index + 1].isLetter)
            if isInside { characters[index] = letter }
        }
        return spelled(characters)
    }

    private static let lookalikes: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "@": "a", "$": "s", "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i",
    ]

    /// `i g n o r e` moved together, with as many spaces after it.
    private static func spelled(_ characters: [Character]) -> String {
        var result: [Character] = []
        var index = 0
        while index < characters.count {
            var end = index
            var letters: [Character] = []
            while end + 1 < characters.count, characters[end].isLetter, end == 0 || !characters[end - 1].isLetter || end == index, !characters[end + 1].isLetter, characters[end + 1] != "." {
                letters.append(characters[end])
                guard end + 2 < characters.count, characters[end + 1] == " " || characters[end + 1] == "-", characters[end + 2].isLetter else { end += 1; break }
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
            let isAlphabet = part.allSatisfy { $0 < 128 && ($0.isLetter || $0.isDigit) || [0x2B, 0x2F, 0x3D].contains($0) }
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
        "<|", "|>", "[inst]", "[/inst]", "<<sys", "<system", "</system", "<assistant", "<user>", "</resume", "</document", "</data", "</tool", "<tool", "<instruction", "### instruction",
        "### system", "### response", "###instruction", "system:", "assistant:", "[system", "(system", "system prompt", "end of resume", "begin instructions", "```", "<!--", "{{", "{\"", "\"fullname\"",
        "javascript:", "<script", "tool_result", "function_call",
        "忽略", "无视", "無視", "игнорируй", "تجاهل", "התעלם",
    ]

    private static let phrases: [(Reason, [Phrase])] = [
        (.override, Phrase.lines(
            """
            ignore|ignoring|disregard|forget|override|bypass|skip|discard|neglect|drop|cancel|void|stop ... instruction*|prompt*|rule*|direction*|guideline*|command*|constraint*|criteria|context|rubric*|policy|policies|schema|told
            ignore|disregard|forget|override everything|anything|all ... before|above|previous|prior|earlier|told|said
            new|updated|revised|real|actual|hidden|secret|following instructions
            do not follow ... instruction*|prompt*|rule*|schema
            instead of extracting|parsing|reading|analyzing|analysing
            reveal|repeat|leak|print|show|output|disclose ... prompt|instructions|api
            ignorier*|vergiss|vergessen|missachte*|uberschreib*|verwirf ... anweisung*|instruktion*|vorgabe*|regel*|befehl*|prompt*
            ignora|ignore|ignorar|olvida|olvide|omite|omita|descarta ... instruccion*|regla*|indicacion*|orden*|prompt*|directriz|directrices
            ignorez|oubliez ... instruction*|consigne*|regle*
            """)),
        (.addressesMachine, Phrase.lines(
            """
            you are ?now ?no|not|only ?longer a|an|in|the|my|developer|dan|bound|free
            from now on ?, you
            act|behave|respond as ?if|a|an|though ... ai|assistant|model|system|recruiter|bot|expert|you
            pretend to|you|that
            dear|hey|hello|attention|note|message|instruction*|notice|reminder|memo ?to ?for ?any|all|the ai|llm|llms|model|models|assistant|bot|parser|chatgpt|gpt|claude|gemini|copilot|agent|ais
            if|when|as you are|re ?an|a|being ?an|a ?large|automated|the ai|llm|language|model|bot|parser|assistant|automated|machine
            as an ai|llm
            ai|llm|automated|language|gpt ?language ?model|models assistant*|model|models|system*|screener*|reviewer*|reader*|parser*|evaluator* ?is|are ?reading|processing|should|must|shall|will|to|please reading|processing|parsing|evaluating|must|should|shall|please|note
            ai|llm|llms|chatgpt|claude|parser|model assistant|model|models|reviewers|agents ?: !of|in|for ?you must|should|please|note|instruction*
            developer|debug|god|admin|jailbreak|sudo|maintenance mode
            your new|real|only|next|true|sole task|job|role|goal|instruction*|objective
            your system|instructions|prompt|training|programming|guidelines
            ki|sprachmodell|assistent ... lesen|bewerten|soll|sollen|muss|hinweis|anweisung*
            hinweis|anweisung|nachricht|achtung ?an ?fur ?die|das|alle|den ki|llm|sprachmodell*|assistent*|parser
            du bist|sie sind ?jetzt|nun|ab ?jetzt|ein|eine ein|eine|kein|nun|jetzt ki|assistent|modell|system|bewerter
            eres|usted|actua ?es|ahora|como un|una|como|ahora ... asistente|modelo|ia|sistema|reclutador
            nota|atencion|aviso|mensaje ?a|para ?la|el|los|cualquier ia|modelo|modelos|asistente|llm
            si eres un|una modelo|ia|asistente|sistema
            modelo de lenguaje
            """)),
        (.dictatesResult, Phrase.lines(
            """
            rate|score|rank|grade|evaluate|recommend|approve|hire|advance|select|classify|mark|label|treat|consider|judge|rating|shortlist ?only this|the|me|him|her|them|my candidate|applicant|resume|cv|person|profile|application|as|for|highly|at|with|first|immediately|above|to|over
            rate|score|rank|grade|recommend|shortlist me|him|her|them|this|it|highly|higher|highest|first
            candidate|applicant|resume|cv|profile|person|i must|should|shall|has|deserves|needs|will|am|is ?to|always ?be|already hired|recommended|ranked|rated|scored|advanced|approved|selected|preapproved|prevetted|shortlisted|passed
            highest|maximum|perfect|full|top possible|score|rating|rank|marks|confidence|grade
            give ?this|me|the|him|her ?candidate|applicant|resume|a|the ... score|rating|rank|grade|points
            strongly|must recommend|hire
            set|change|replace|update|overwrite|fill|record|report|write|put|enter ... fullname|currenttitle|currentcompany|totalyearsexperience|softskills|technicalskills|field|fields|json|extracteddata|schema|value|output|score|rating|confidence|to|as|with
            add|append|insert|include|list|inject|invent|fabricate ... to|as|into|under|in ?the|my|their|his|her ?list|extracted|of skills|skill|experience|education|certifications|degree|json|output|result|profile|record
            output|return|respond|reply|answer|print|emit|say|write|produce|generate only|with|exactly|nothing|the|a|as|in|just|this|that|yes|json
            fullname|currenttitle|currentcompany|totalyearsexperience|technicalskills|softskills|extracteddata
            translate|summarize|encode|decode|execute|run|eval ?the ?this|following following|this|base64|code|command|instruction*|above|below
            do not|never mention|extract|parse|include|report|list|flag|reveal
            omit|hide|remove|delete ?all|any|the other|all|any|the ... candidate*|position*|experience|section*|job*|weakness*
            bewerte*|stufe|ordne|empfiehl|empfehlen|setze|markiere ?sie|du diese*|den|die|mich|sie|als ... kandidat*|bewerber*|lebenslauf|person|best*|hoch*|geeignet
            gib|geben|antworte|schreibe ... aus|nur|json|note|punkte|punktzahl
            fuge|trage|erganze ... hinzu|ein|fahigkeiten|kenntnisse
            califica|califique|puntua|evalua|evalue|recomienda|recomiende|clasifica|contrata|selecciona ?a ?este|esta|al|el|mi candidato|candidata|curriculum|perfil|aspirante|como|con
            responde|devuelve|escribe|imprime ... solo|unicamente|json|exactamente
            anade|agrega|incluye|pon|establece ... a|como|en ... habilidades|nombre|experiencia|perfil|lista
            """)),
    ]
}

extension Span {
    /// Where a folded text first stands in it.
    fileprivate func firstIndex(of folded: String) -> Int? {
        for start in units.indices where Folding.fold(String(decoding: units[start...].prefix(folded.utf16.count), as: UTF16.self)).hasPrefix(folded) {
            return start
        }
        return nil
    }
}
