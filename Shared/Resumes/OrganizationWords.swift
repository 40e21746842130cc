/// Tells names of companies and schools by their words, folded, in English, German and Spanish.
enum OrganizationWords {
    /// 0 for what does not look like a company, up to 3 for what carries a legal form.
    static func companyScore(_ span: Span) -> Int {
        let words = span.words
        guard !words.isEmpty, words.count <= 9 else { return 0 }
        if hasLegalForm(span) { return 3 }
        if words.count > 1, let last = words.last,
            businesses.contains(last) || businesses.contains(where: { $0.count > 4 && last.hasSuffix($0) })
        {
            return 2
        }
        if words.contains(where: institutions.contains) { return 2 }
        if words.count > 1, words.contains(where: businesses.contains) { return 1 }
        return span.units.contains(UInt16(UInt8(ascii: "&"))) && words.count <= 5 ? 1 : 0
    }

    static func hasLegalForm(_ span: Span) -> Bool {
        if span.words.dropFirst().contains(where: legalForms.contains) { return true }
        // Forms that are written with full stops or slashes: "S.A.", "S. de R.L.", "e.V.".
        let compact = span.folded.split { $0 == " " || $0 == "." || $0 == "," }
        guard compact.count > 1 else { return false }
        return dotted.contains { form in
            compact.count > form.count && compact.suffix(form.count).elementsEqual(form, by: { $0 == $1 })
        }
    }

    /// Whether it is a legal form and nothing else: `Inc.`, `S.A.`.
    static func isLegalForm(_ span: Span) -> Bool {
        let words = span.words
        return words.count == 1 && legalForms.contains(words[0]) || dotted.contains { $0.map(String.init) == words }
    }

    /// 0 for what does not look like a school.
    static func schoolScore(_ span: Span) -> Int {
        let words = span.words
        guard !words.isEmpty, words.count <= 12 else { return 0 }
        if words.contains(where: isSchool) { return 3 }
        return words.contains(where: schoolAbbreviations.contains) && words.count > 1 ? 2 : 0
    }

    private static func isSchool(_ word: String) -> Bool {
        schools.contains(word)
            || word.count > 7
                && (schoolEndings.contains { word.hasSuffix($0) } || word.hasPrefix("universi")
                    || word.hasPrefix("politecnic"))
    }

    private static let legalForms: Set<String> = [
        "inc", "llc", "llp", "ltd", "limited", "corp", "corporation", "plc", "gmbh", "mbh", "ag", "kg", "ohg", "ug",
        "se", "kgaa", "eg", "ev", "sl",
        "slu", "sa", "sau", "sas", "srl", "spa", "bv", "nv", "oy", "ab", "aps", "pty", "pvt", "sarl", "co", "cia",
        "gbr", "eu",
    ]
    private static let dotted: [[Substring]] = [
        ["s", "a"], ["s", "l"], ["s", "l", "u"], ["s", "a", "u"], ["s", "de", "r", "l"], ["r", "l"], ["e", "v"],
        ["e", "k"], ["c", "a"], ["s", "r", "l"], ["b", "v"],
        ["s", "p", "a"], ["s", "c"],
    ]
    private static let businesses: Set<String> = list(
        """
        group company holdings holding labs lab systems system solutions solution technologies technology tech software
        consulting consultants consultancy
        partners associates analytics logistics services service industries industrial manufacturing foods food energy
        capital bank banking insurance
        media studio studios agency works networks network robotics pharma pharmaceuticals biotech health healthcare
        medical clinic hospital care
        retail stores store shop market markets restaurant hotel hotels cafe kitchen bakery airlines airways motors
        automotive engineering construction
        builders properties realty ventures investments finance financial securities trust fund foundation council
        ministry department school academy
        interactive digital data electronics electric telecom communications publishing press books music games gaming
        entertainment sports travel tours
        transport shipping freight supply steel chemicals mining oil gas power water utilities design creative marketing
        advertising global
        international worldwide enterprises brothers sons co-op cooperative society institute laboratories university
        college
        systeme technik maschinenbau versicherung versicherungen stadtwerke klinikum klinik krankenhaus verlag logistik
        bank sparkasse werke werk gruppe
        beratung handel handels vertrieb spedition bau energie medien agentur praxis apotheke hotel gasthof brauerei
        druckerei kanzlei akademie ministerium
        automobil elektrotechnik
        grupo sistemas consultores consultoria logistica seguros energia tecnologia tecnologias soluciones hospital
        clinica banco construcciones servicios industrias
        alimentos comercial transportes restaurante editorial ayuntamiento ministerio fundacion farmacia laboratorios
        agencia telecomunicaciones inmobiliaria
        asesores ingenieria hermanos distribuciones supermercados almacenes
        """)
    /// What an employer is called by even with another name after it: "City of Eastmoor".
    private static let institutions: Set<String> = list(
        """
        city council ministry department university college hospital county government agency school nhs stadt landkreis
        bundesamt amt gemeinde ministerium
        universitat hochschule klinikum stadtwerke ayuntamiento ministerio gobierno diputacion generalitat universidad
        colegio junta hospital instituto banco grupo
        """)
    private static let schools: Set<String> = list(
        """
        university college institute school academy polytechnic faculty universitat hochschule fachhochschule gymnasium
        realschule gesamtschule
        berufskolleg berufsschule akademie schule oberschule abendgymnasium handelsakademie conservatory seminary
        universidad universitat instituto escuela facultad colegio politecnica politecnico conservatorio academia liceo
        universite universita ecole
        """)
    private static let schoolEndings = [
        "universitat", "hochschule", "gymnasium", "akademie", "schule", "kolleg", "university", "institut",
        "polytechnic",
    ]
    private static let schoolAbbreviations: Set<String> = [
        "tu", "fh", "eth", "hs", "rwth", "kit", "htl", "hak", "ies", "mit", "ucl", "lse", "uni", "univ", "suny", "cuny",
        "iit", "nit", "esic", "esade", "uned", "unam",
        "epfl", "hec", "insead", "dhbw", "lmu", "ceip", "cifp", "fp", "iut", "usc", "nyu", "ucla", "tum", "hwr", "htw",
    ]

    private static func list(_ text: String) -> Set<String> {
        Set(text.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
