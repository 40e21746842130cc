/// Finds academic degrees and school certificates, in English, German and Spanish.
enum DegreeWords {
    /// Where a degree's name stands in a piece of text, without the field of study.
    static func degree(in span: Span) -> Span? {
        let tokens = span.tokens.filter { !$0.isPunctuation }
        for start in tokens.indices.prefix(6) {
            if let end = longest(from: start, tokens) {
                var last = tokens[end].range.upperBound
                // The full stop of an abbreviation belongs to it.
                if last < span.end, span.units[last] == .dot, tokens[end].range.count <= 4 { last += 1 }
                return span.between(tokens[start].range.lowerBound, last)
            }
        }
        return nil
    }

    /// The last word of the longest name of a degree that begins at a word.
    private static func longest(from start: Int, _ tokens: [Token]) -> Int? {
        let words = tokens[start...].prefix(6).map(\.folded)
        for count in stride(from: words.count, through: 1, by: -1)
        where names.contains(words.prefix(count).joined(separator: " ")) {
            return start + count - 1
        }
        return nil
    }

    /// Words alone, abbreviations letter by letter as their full stops part them.
    private static let names: Set<String> = {
        var names = Set(
            """
            bachelor, bachelors, bachelor s, bachelor degree, bachelor s degree, bachelor of science, bachelor of arts,
            bachelor of engineering, bachelor of technology, bachelor of commerce,
            bachelor of business administration, bachelor of laws, bachelor of fine arts, bachelor of education,
            bachelor of architecture, bachelor of music, bachelor of nursing,
            bachelor of applied science, bachelor of design, bachelor of social work, bachelor of medicine,
            bachelor of computer science,
            master, masters, master s, master s degree, masters degree, master of science, master of arts,
            master of engineering, master of business administration, master of technology,
            master of laws, master of education, master of fine arts, master of public health, master of architecture,
            master of research, master of philosophy, master of social work,
            master of public administration, executive mba, doctor, doctorate, doctor of philosophy, doctor of medicine,
            doctor of education, juris doctor, postgraduate diploma, postgraduate certificate,
            postdoc, associate, associates, associate s, associate degree, associate s degree, associate of arts,
            associate of science, associate of applied science, diploma, higher national diploma,
            national diploma, advanced diploma, graduate diploma, graduate certificate, foundation degree,
            high school diploma, high school, secondary school, ged, a levels, a level, gcse, gcses, ib diploma,
            international baccalaureate, certificate, undergraduate degree,
            diplom, diplom ingenieur, diplomingenieur, diplom kaufmann, diplom kauffrau, diplom informatiker, magister,
            magister artium, magistra, promotion, doktor, dr, habilitation, staatsexamen, erstes staatsexamen,
            zweites staatsexamen, abitur, fachabitur, fachhochschulreife, allgemeine hochschulreife, hochschulreife,
            mittlere reife, realschulabschluss, hauptschulabschluss, matura, maturitat,
            ausbildung, berufsausbildung, lehre, meister, meisterbrief, vordiplom, umschulung, vorausbildung,
            licenciatura, licenciado, licenciada, grado, grado superior, doble grado, master universitario, maestria,
            maestro, doctorado, doctor en, ingenieria, ingenieria tecnica, ingenieria superior,
            ingeniero, ingeniera, diplomatura, diplomado, diplomada, bachillerato, bachiller, tecnico superior,
            tecnico medio, tecnico, tecnicatura, posgrado, postgrado, especializacion,
            ciclo formativo, ciclo formativo de grado superior, ciclo formativo de grado medio, formacion profesional,
            eso, profesorado, experto universitario
            """.split { $0 == "," || $0 == "\n" }.map { $0.split(separator: " ").joined(separator: " ") })
        let abbreviations =
            "bsc msc ba ma bs ms bba mba emba beng meng btech mtech bcom mcom llb llm bfa mfa bed med mph mphil phd dphil md jd edd aa as aas hnd hnc pgce pgdip pgcert bca mca be bcs mcs barch march bsn msn mres msw mpa ing"
        for abbreviation in abbreviations.split(separator: " ") {
            names.insert(String(abbreviation))
            for cut in abbreviation.indices.dropFirst() {
                names.insert("\(abbreviation[..<cut]) \(abbreviation[cut...])")
            }
            names.insert(abbreviation.map(String.init).joined(separator: " "))
        }
        for honours in ["bsc", "ba", "beng", "llb", "b sc", "b a", "b eng"] {
            names.formUnion(["\(honours) hons", "\(honours) honours"])
        }
        return names
    }()
}
