/// What a part of a resume is about, told by its heading.
enum SectionKind {
    case contact, summary, experience, education, skills, softSkills, languages, certifications
    /// What has a heading but no place in the result: interests, references, publications.
    case other

    /// The kind that a line is the heading of; nil when it is none.
    init?(heading: Span) {
        let text = heading.trimmed(":.–—-_=•|#*▪■~")
        guard text.units.count <= 60, text.hasLetter, !text.units.contains(where: \.isDigit), !text.contains(.comma)
        else { return nil }
        self.init(words: Self.words(of: text))
    }

    /// - Parameter words: folded.
    init?(words: [String]) {
        guard !words.isEmpty, words.count <= 7 else { return nil }
        if let kind = Self.kinds[words.joined(separator: " ")] {
            self = kind
            return
        }
        // "Education and Training", "Relevant Work Experience".
        let parts = words.split { Self.connectives.contains($0) }
        guard let first = parts.first.flatMap({ Self.kind(of: Array($0)) }) else { return nil }
        guard
            parts.dropFirst().allSatisfy({ Self.kind(of: Array($0)) != nil || $0.allSatisfy(Self.companions.contains) })
        else { return nil }
        self = first
    }

    private static func kind(of words: [String]) -> SectionKind? {
        if let kind = kinds[words.joined(separator: " ")] { return kind }
        let kept = words.filter { !modifiers.contains($0) }
        return kept.isEmpty ? nil : kinds[kept.joined(separator: " ")]
    }

    /// The words of a heading, with "&" as the "and" that it is.
    static func words(of heading: Span) -> [String] {
        joined(
            heading.tokens.compactMap {
                $0.folded == "&" || $0.folded == "+" ? "and" : $0.isPunctuation ? nil : $0.folded
            })
    }

    /// `E X P E R I E N C E` as one word.
    private static func joined(_ words: [String]) -> [String] {
        guard words.count > 3, words.allSatisfy({ $0.count == 1 }) else { return words }
        return [words.joined()]
    }

    private static let connectives: Set = ["and", "und", "y", "e", "of", "de"]
    private static let modifiers: Set = [
        "my", "professional", "relevant", "selected", "additional", "other", "key", "core", "main", "technical",
        "personal", "career", "work",
        "recent", "previous", "academic", "further", "general", "special", "sonstige", "weitere", "besondere", "meine",
        "berufliche",
        "beruflicher", "wichtigste", "profesional", "profesionales", "laboral", "laborales", "academica", "academicos",
        "otros", "otras",
        "principales", "mi", "mis", "tecnicas", "tecnicos", "personales", "relevante", "fachliche", "technische",
        "personliche", "computer", "it", "edv",
        "informaticos", "informaticas", "complementaria", "complementarios", "specialist", "industry",
    ]
    /// What a heading may name beside its first subject.
    private static let companions: Set = [
        "training", "tools", "interests", "abilities", "achievements", "licenses", "courses", "software", "methods",
        "technologies", "internships",
        "projects", "employment", "qualifications", "studium", "ausbildung", "schulbildung", "zertifikate",
        "weiterbildung", "praktika", "methoden",
        "herramientas", "cursos", "talleres", "practicas", "knowledge", "expertise", "accomplishments", "credentials",
        "development", "activities",
    ]

    private static let kinds: [String: SectionKind] = {
        let lines: [(SectionKind, String)] = [
            (
                .contact,
                """
                contact, contact details, contact information, contact info, personal details, personal information,
                personal data, details, kontakt,
                kontaktdaten, personliche daten, personliche angaben, zur person, anschrift, contacto, datos personales,
                datos de contacto, informacion personal,
                informacion de contacto
                """
            ),
            (
                .summary,
                """
                summary, profile, about, about me, professional summary, executive summary, career summary, objective,
                career objective, personal statement,
                career profile, statement, overview, introduction, who i am, summary of qualifications, profil,
                kurzprofil, uber mich, zusammenfassung,
                personliches profil, berufsziel, kurzvorstellung, profilo, perfil, resumen, sobre mi,
                perfil profesional, objetivo, objetivo profesional,
                resumen profesional, acerca de mi, extracto, presentacion, perfil personal
                """
            ),
            (
                .experience,
                """
                experience, experiences, work experience, employment, employment history, work history, career history,
                professional experience, positions held, positions,
                career, professional background, work, professional history, job history, internships,
                internship experience, relevant experience, employment record,
                berufserfahrung, beruflicher werdegang, werdegang, berufspraxis, beruflicher hintergrund,
                praxiserfahrung, berufliche erfahrung, praktika,
                berufstatigkeit, praktische erfahrung, berufliche stationen, tatigkeiten, beschaftigung,
                arbeitserfahrung, experiencia, experiencia laboral,
                experiencia profesional, trayectoria profesional, trayectoria, historial laboral, trayectoria laboral,
                empleo, historial profesional,
                antecedentes laborales, practicas, vida laboral
                """
            ),
            (
                .education,
                """
                education, academic background, qualifications, academic qualifications, educational background,
                academic history, academic record, studies, training,
                academics, schooling, degrees, educational qualifications, ausbildung, bildungsweg, bildung, studium,
                akademische ausbildung, schulbildung,
                schulische ausbildung, hochschulausbildung, akademischer werdegang, ausbildungsweg, schule,
                bildungsgang, educacion, formacion, formacion academica,
                estudios, estudios realizados, preparacion academica, antecedentes academicos, titulos,
                formacion reglada
                """
            ),
            (
                .skills,
                """
                skills, technical skills, core competencies, competencies, key skills, expertise, areas of expertise,
                technologies, tools, technology, tech stack,
                skill set, skillset, core skills, professional skills, technical expertise, technical proficiencies,
                proficiencies, software, computer skills,
                it skills, strengths, abilities, capabilities, hard skills, programming languages, specialties,
                specialities, tooling, core strengths, kenntnisse, fahigkeiten,
                it kenntnisse, edv kenntnisse, kompetenzen, fachkenntnisse, fachliche kompetenzen, fahigkeiten,
                qualifikationen, starken, kernkompetenzen,
                technische kenntnisse, werkzeuge, computerkenntnisse, programmierkenntnisse, methoden, technologien,
                know how, itkenntnisse, besondere kenntnisse,
                habilidades, competencias, conocimientos, aptitudes, conocimientos tecnicos, herramientas,
                habilidades tecnicas, capacidades, destrezas,
                competencias tecnicas, tecnologias, conocimientos informaticos, informatica, programas
                """
            ),
            (
                .softSkills,
                """
                soft skills, personal skills, interpersonal skills, people skills, social skills, transferable skills,
                soziale kompetenzen, soziale kompetenz,
                personliche starken, personliche kompetenzen, soft skill, sozialkompetenzen, personliche fahigkeiten,
                habilidades personales, habilidades blandas,
                competencias personales, habilidades sociales, competencias transversales, aptitudes personales,
                competencias sociales
                """
            ),
            (
                .languages,
                """
                languages, language skills, spoken languages, language, foreign languages, language proficiency,
                sprachen, sprachkenntnisse, fremdsprachen,
                idiomas, lenguas, conocimiento de idiomas, lenguas extranjeras
                """
            ),
            (
                .certifications,
                """
                certifications, certificates, licenses, licences, licenses certifications, professional certifications,
                certification, credentials, accreditations,
                courses, professional development, courses certifications, licensure, zertifikate, zertifizierungen,
                weiterbildungen, weiterbildung,
                fortbildungen, fortbildung, zusatzqualifikationen, lehrgange, kurse, certificaciones, certificados,
                cursos, cursos certificaciones,
                formacion complementaria, formacion adicional, acreditaciones, licencias
                """
            ),
            (
                .other,
                """
                interests, hobbies, hobbies interests, references, referees, publications, awards, honors, honours,
                achievements, accomplishments, projects, volunteering,
                volunteer experience, volunteer work, volunteer, community, activities, extracurricular activities,
                memberships, affiliations, patents, presentations,
                conferences, talks, research, military service, portfolio, links, additional information, miscellaneous,
                interessen, hobbys, hobbies und interessen,
                referenzen, publikationen, veroffentlichungen, auszeichnungen, projekte, ehrenamt,
                ehrenamtliches engagement, engagement, sonstiges, mitgliedschaften,
                preise, vortrage, wehrdienst, zivildienst, intereses, aficiones, referencias, publicaciones, premios,
                proyectos, voluntariado, logros,
                otros datos, otros datos de interes, datos de interes, informacion adicional, reconocimientos,
                conferencias, asociaciones
                """
            ),
        ]
        return lines.reduce(into: [:]) { kinds, entry in
            for phrase in entry.1.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
                kinds[phrase.split(separator: " ").joined(separator: " ")] = entry.0
            }
        }
    }()
}
