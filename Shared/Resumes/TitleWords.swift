/// Tells job titles by their words, folded, in English, German and Spanish.
enum TitleWords {
    /// 0 for what is no title, up to 3 for what can hardly be anything else.
    static func score(_ words: [String]) -> Int {
        guard !words.isEmpty, words.count <= 9 else { return 0 }
        // "Director of Sales", "Head of Platform", "Leiterin Kommunikation", "Jefa de Proyecto".
        let head = words.prefix { !links.contains($0) }
        if let last = head.last, isTitle(last) { return 3 }
        if let first = words.first, isTitle(first) || leading.contains(first) { return 3 }
        if words.contains(where: abbreviations.contains), words.count <= 4 { return 3 }
        if words.contains(where: isTitle) { return 2 }
        return words.contains(where: ranks.contains) ? 1 : 0
    }

    /// Whether a word is the name of what somebody does.
    static func isTitle(_ word: String) -> Bool {
        nouns.contains(word) || abbreviations.contains(word)
            || word.count > 5 && (endings.contains { word.hasSuffix($0) } || beginnings.contains { word.hasPrefix($0) })
    }

    private static let links: Set = [
        "of", "for", "in", "de", "del", "fur", "der", "im", "the", "and", "und", "y", "en", "to", "bei", "at", "la",
        "las",
    ]
    /// What a title begins with, whatever it goes on with.
    private static let leading: Set = [
        "head", "chief", "vice", "vp", "svp", "evp", "lead", "leiter", "leiterin", "leitung", "jefe", "jefa",
        "director", "directora", "responsable",
        "gerente", "encargado", "encargada", "mozo", "member", "teamleiter", "teamleiterin", "fachkraft",
        "werkstudent", "werkstudentin",
        "praktikant", "praktikantin", "becario", "becaria", "auxiliar", "tecnico", "tecnica", "ayudante", "junior",
        "senior", "geschaftsfuhrer",
        "geschaftsfuhrerin", "owner", "founder", "cofounder", "intern", "trainee", "freelance", "stellvertretende",
        "stellvertretender", "subdirector",
    ]
    private static let abbreviations: Set = [
        "cto", "ceo", "cfo", "coo", "cio", "ciso", "cmo", "cpo", "vp", "svp", "avp", "hrbp", "sdr", "bdr", "sre", "rn",
        "mfa", "pta",
    ]
    private static let ranks: Set = [
        "senior", "junior", "principal", "staff", "associate", "deputy", "assistant", "sr", "jr", "ii", "iii",
        "apprentice", "volunteer",
    ]

    private static let nouns: Set<String> = list(
        """
        engineer developer programmer architect manager director analyst scientist consultant designer administrator
        officer specialist coordinator
        supervisor assistant associate executive representative technician nurse physician doctor surgeon therapist
        physiotherapist pharmacist paramedic
        dentist caregiver carer midwife teacher professor lecturer tutor instructor trainer coach principal accountant
        auditor bookkeeper controller
        cashier teller clerk secretary receptionist recruiter generalist partner planner buyer trader broker banker
        underwriter actuary
        economist statistician researcher fellow writer copywriter editor journalist translator interpreter photographer
        videographer producer artist
        illustrator animator strategist marketer planner lawyer attorney paralegal solicitor barrister counsel judge
        driver courier dispatcher operator
        machinist mechanic electrician plumber carpenter welder fitter builder foreman labourer laborer inspector
        surveyor estimator cook chef baker
        butcher barista bartender waiter waitress server host hostess housekeeper cleaner janitor guard firefighter
        soldier sergeant lieutenant captain
        pilot steward stewardess agent advisor adviser ambassador advocate evangelist owner founder president chairman
        treasurer intern trainee
        apprentice student volunteer freelancer contractor tester master leader lead head salesperson salesman seller
        merchandiser stylist hairdresser
        beautician florist gardener farmer veterinarian biologist chemist physicist geologist psychologist counselor
        counsellor librarian curator
        archivist handler picker packer loader storekeeper shopkeeper superintendent facilitator moderator liaison aide
        helper worker crew
        concierge sommelier dietitian nutritionist optician radiographer phlebotomist sonographer orderly warden ranger
        locksmith tailor
        entwickler entwicklerin ingenieur ingenieurin berater beraterin referent referentin assistentin assistenz
        sachbearbeiter sachbearbeiterin
        buchhalter buchhalterin kaufmann kauffrau verkaufer verkauferin lehrer lehrerin koch kochin arzt arztin pfleger
        pflegerin fachangestellte
        fachangestellter fachkraft lagerist lageristin disponent disponentin fahrer fahrerin elektroniker elektronikerin
        konstrukteur konstrukteurin
        redakteur redakteurin werkstudent werkstudentin praktikant praktikantin auszubildender auszubildende mitarbeiter
        mitarbeiterin leiter leiterin
        leitung architektin kellner kellnerin tischler schreiner maurer maler dozent dozentin trainerin analystin
        systemadministrator monteur
        schlosser aushilfe volontar volontarin hilfskraft geschaftsfuhrer geschaftsfuhrerin vorstand prokurist jurist
        juristin anwalt
        ingeniero ingeniera desarrollador desarrolladora programador programadora analista consultor consultora tecnico
        tecnica director directora
        gerente jefe jefa responsable encargado encargada coordinador coordinadora supervisora administrativo
        administrativa contable auditora
        auxiliar asistente enfermero enfermera medico medica profesor profesora maestro maestra docente investigador
        investigadora disenador disenadora
        redactor redactora comercial vendedor vendedora dependiente dependienta cajero cajera cocinero cocinera camarero
        camarera conductor conductora
        mozo operario operaria electricista fontanero carpintero abogado abogada arquitecto arquitecta administrador
        administradora becario becaria
        especialista gestor gestora cientifico cientifica socio socia secretario secretaria recepcionista fisioterapeuta
        farmaceutico periodista
        traductor traductora fotografo community practicante ayudante monitor monitora orientador orientadora psicologo
        psicologa
        """)

    /// Endings of compounds: "Softwareentwicklerin", "Filialleiter".
    private static let endings = [
        "entwickler", "entwicklerin", "leiter", "leiterin", "leitung", "ingenieur", "ingenieurin", "berater",
        "beraterin", "referent", "referentin", "assistent",
        "assistentin", "kaufmann", "kauffrau", "kaufleute", "mechaniker", "mechanikerin", "mechatroniker",
        "elektroniker", "pfleger", "pflegerin", "schwester",
        "analyst", "analystin", "gestalter", "gestalterin", "architekt", "architektin", "buchhalter", "buchhalterin",
        "angestellte", "angestellter",
        "fahrer", "fahrerin", "helfer", "helferin", "arbeiter", "arbeiterin", "mitarbeiter", "mitarbeiterin", "fuhrer",
        "fuhrerin", "sekretar",
        "verkaufer", "verkauferin", "lehrer", "lehrerin", "techniker", "technikerin", "informatiker", "informatikerin",
        "therapeut", "therapeutin",
        "wissenschaftler", "wissenschaftlerin", "administrator", "manager", "managerin", "meister", "meisterin",
        "student", "studentin",
        "praktikant", "praktikantin", "bearbeiter", "bearbeiterin", "betreuer", "betreuerin", "einkaufer",
        "einkauferin", "trainer", "forscher", "jurist",
        "engineer", "developer", "designer", "kraft", "terapeuta",
    ]
    private static let beginnings = ["ingenier", "desarrollador", "coordinador", "disenador", "administrador"]

    private static func list(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
