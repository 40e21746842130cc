import Analysis

/// Which words of a resume have to do with which competency.
struct CompetencyCues {
    /// Stems of the words of the competency's name, and of those that only its description has.
    private let name: Set<String>
    private let description: Set<String>
    /// Beginnings of words by which it shows in work, folded.
    private let cues: [String]

    init(_ competency: ResumeCompetency) {
        let text = "\(competency.name) \(competency.description)"
        name = Set(Terms.content(of: competency.name).map(\.stem)).subtracting(Self.vague)
        description = Set(Terms.content(of: competency.description).map(\.stem)).subtracting(Self.vague).subtracting(
            name)
        let folded = Span(text).words
        cues = Self.table.filter { entry in folded.contains { word in entry.names.contains { word.hasPrefix($0) } } }
            .flatMap(\.cues)
    }

    /// The words of a passage that have to do with it, each once and as they stand there; its own words first.
    func matches(in passage: String) -> (own: [String], cues: [String]) {
        var seen: Set<String> = []
        let words = passage.split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "#" }.map(String.init).filter {
            seen.insert(Folding.fold($0)).inserted
        }
        let inName = words.filter { word in Terms.content(of: word).contains { self.name.contains($0.stem) } }
        let inDescription = words.filter { word in
            Terms.content(of: word).contains { self.description.contains($0.stem) }
        }
        // One word of a description may be there by chance.
        let own = inDescription.count > 1 ? words.filter { inName.contains($0) || inDescription.contains($0) } : inName
        let cues = words.filter { word in
            !own.contains(word) && self.cues.contains { Self.begins(Folding.fold(word), with: $0) }
        }
        return (own, cues)
    }

    /// Whether a word is a form of what begins so. Many a word begins with three letters by chance: a ledger is not led.
    private static func begins(_ word: String, with cue: String) -> Bool {
        word.hasPrefix(cue) && (cue.count > 3 || endings.contains(String(word.dropFirst(cue.count))))
    }

    private static let endings: Set<String> = ["", "s", "e", "d", "ed", "es", "ing", "en", "t", "te"]

    /// Words that stand in descriptions of any competency.
    private static let vague: Set<String> = Set(
        Terms.content(
            of:
                "skill skills ability able competency competence work works working job role team good well people person use using show shows high"
        ).map(\.stem))

    private struct Entry {
        let names: [String]
        let cues: [String]
    }

    /// Beginnings of words: what competencies are called, then how they show, in English, German and Spanish.
    private static let table: [Entry] = """
        leader lead fuhrung liderazgo management manag = led lead manag head supervis mentor coach deleg train hired leit fuhr betreu anleit ausbild dirig lider coordin gestion form
        communicat kommunik comunic present writing = present wrote write report explain document newsletter article speak negotiat communicat taught präsent vortrag schrieb bericht erklar redac informe comunic expli
        team collaborat cooperat zusammen colabora equipo = team together colleague cross partner collaborat support zusammen kolleg equipo companer colabora junto
        problem troubleshoot debug losung resol = reduc cut solv fix incident debug improv sav resolv error senk los behob verbess reduc resol mejor ahorr
        customer client service kunden cliente patient = customer client patient user guest support account sales served looked kund patient mandant client usuari pacient atencion
        plan organi time project projekt proyecto delivery zeit tiempo = plan schedul organi coordinat deliver project deadline budget time release steuer termin koordin organis planific proyect plazo entreg
        adapt flexib change learn resilien wandel cambio anpass = moved migrat chang introduc new learn switch replac launch migr einfuhr umstell neu cambio adapt nuev introdu
        initiative proactiv ownership drive eigeninitiative iniciativa = built launch introduc found creat start design rebuilt led initiat aufbau einfuhr entwick crea desarroll lanz
        analy data critical thinking analyt daten datos = analy data model forecast measur experiment test dashboard sql report statist auswert prognos daten bericht datos inform predict
        technical engineer software coding program technisch tecnic develop = built develop design engineer software api servic code architect system program implement entwick konstru technisch desarroll diseno program
        quality detail accura careful genauigkeit calidad sorgfalt = accura test quality audit review standard error compliance check clos qualitat pruf genau calidad revis control
        creativ innovat design kreativ innova = design creat new idea launch wrote brand campaign entwarf gestalt kampagn disen crea campana
        negotiat sales persuad influenc stakeholder verhand venta negoci = negotiat sales sold target contract rate deal stakeholder client verkauf verhand vertrag venta negoci contrat
        strateg vision business strategie estrateg = strateg budget growth grew market target roadmap strateg wachs estrateg crec presupuest
        safety health hygiene sicherheit seguridad = safety incident compliance infection hygiene sicher hygiene segur
        mentor coach develop others training ausbild formacion = mentor coach taught train onboard apprentice anleit ausbild betreu form ensen
        """.split(separator: "\n").map { line in
            let sides = line.split(separator: "=").map { $0.split(separator: " ").map(String.init) }
            return Entry(names: sides[0], cues: sides[1].map { Folding.fold($0) })
        }
}
