import Assessments
import Models

/// Chooses for each competency the passage of a resume that has most to do with it, and asks about that
/// passage. Where nothing has to do with a competency there is no question.
public struct OfflineResumeQuestionWriter: ResumeQuestionWriter {
    public init() {}

    public func questions(
        for competencies: [ResumeCompetency], jobTitle: String, from reading: ResumeReading, in text: String
    ) -> ResumeQuestions {
        let passages = Passage.all(of: reading, in: text)
        var result = ResumeQuestions(
            questions: [], unasked: [], engine: OfflineResumeReader.engine, version: OfflineResumeReader.version,
            dropped: 0, origin: nil)
        var used: Set<TextRange> = []
        for competency in competencies {
            guard let (passage, words) = best(for: competency, among: passages, used: used) else {
                result.unasked.append(
                    .init(
                        competencyId: competency.id,
                        reason: "Nothing in the resume has to do with “\(competency.name)”."))
                continue
            }
            used.insert(passage.span.range)
            result.questions.append(
                ResumeQuestion(
                    competencyId: competency.id, question: question(about: passage, competency),
                    rationale: "The passage speaks of \(list(words)), which has to do with “\(competency.name)”.",
                    passage: .init(text: passage.span.text, range: passage.span.range)))
        }
        return result
    }

    /// The passage with the most words in common; rather one that no other question is about, rather
    /// something done than something claimed.
    private func best(
        for competency: ResumeCompetency, among passages: [Passage], used: Set<TextRange>
    ) -> (Passage, [String])? {
        let cues = CompetencyCues(competency)
        let rated = passages.compactMap { passage -> (passage: Passage, words: [String], score: Int)? in
            let (own, shown) = cues.matches(in: passage.span.text)
            guard !own.isEmpty || !shown.isEmpty else { return nil }
            guard Lint.sensitiveTopics(in: question(about: passage, competency)).isEmpty,
                !PrivateMatters.areMentioned(in: passage.span.text)
            else { return nil }
            let score =
                own.count * 4 + min(shown.count, 3) * 2 + (passage.isDone ? 3 : 0)
                - (used.contains(passage.span.range) ? 5 : 0)
            return (passage, own + shown, score)
        }
        // The first of the best: recent work stands first.
        guard let highest = rated.map(\.score).max(), let best = rated.first(where: { $0.score == highest }) else {
            return nil
        }
        return (best.passage, Array(best.words.prefix(3)))
    }

    private func question(about passage: Passage, _ competency: ResumeCompetency) -> String {
        let quote = passage.span.text
        switch passage.kind {
        case .done(let place):
            return
                "\(place.map { "Of your work \($0) you" } ?? "You") write: “\(quote)”. Tell us about one moment of it that called for \(competency.name.inSentence)."
        case .position(let place):
            return "You worked \(place). Describe a situation there that called for \(competency.name.inSentence)."
        case .skill:
            return
                "Your resume names “\(quote)”. Describe a piece of work with it that called for \(competency.name.inSentence)."
        }
    }

    private func list(_ words: [String]) -> String {
        let quoted = words.map { "“\($0)”" }
        return quoted.count > 1
            ? "\(quoted.dropLast().joined(separator: ", ")) and \(quoted[quoted.count - 1])" : quoted.joined()
    }
}

/// What a question may be about.
private struct Passage {
    enum Kind {
        /// Something done, with where that was: "as Cook at The Oak Inn".
        case done(String?)
        case position(String)
        case skill
    }

    let span: Span
    let kind: Kind

    var isDone: Bool { if case .done = kind { true } else { false } }

    static func all(of reading: ResumeReading, in text: String) -> [Passage] {
        let units = Instructions.masked(Array(text.utf16), reading.flags)
        return reading.evidence.compactMap { evidence in
            guard let first = evidence.ranges.first, let last = evidence.ranges.last, last.end <= units.count,
                first.start < last.end
            else { return nil }
            let span = Span(document: units, bounds: first.start..<last.end).trimmed()
            let path = evidence.pointer.split(separator: "/")
            switch path.first {
            case "experience" where path.count > 2: return position(path, span, reading.resume)
            case "skills", "certifications": return Passage(span: span, kind: .skill)
            default: return nil
            }
        }
    }

    private static func position(_ path: [Substring], _ span: Span, _ resume: Resume) -> Passage? {
        guard let index = Int(path[1]), resume.experience.indices.contains(index) else { return nil }
        let entry = resume.experience[index]
        let title = entry.title.map { "as \($0)" }, company = entry.company.map { "at \($0)" }
        let place = [title, company].compactMap { $0 }.joined(separator: " ")
        switch path[2] {
        case "bullets": return Passage(span: span, kind: .done(place.isEmpty ? nil : place))
        case "title": return Passage(span: span, kind: .position(place))
        default: return nil
        }
    }
}

/// What resumes mention and nobody is to be asked about.
enum PrivateMatters {
    static func areMentioned(in text: String) -> Bool {
        Sentence.all(in: text).contains { sentence in phrases.contains { $0.range(in: sentence) != nil } }
    }

    private static let phrases = Phrase.lines(
        """
        pregnan*|maternity|paternity|elternzeit|mutterschutz|schwanger*|embaraz*|maternidad|paternidad
        parental|family|sick|medical leave
        married|divorced|widowed|single|verheiratet|ledig|geschieden|casado|casada|soltero|soltera
        religio*|church|mosque|synagogue|parish|kirche|moschee|synagoge|iglesia|mezquita|sinagoga|parroquia
        disab*|illness|cancer|depression|behinder*|krankheit|discapacidad|enfermedad
        union|gewerkschaft*|sindicato|betriebsrat|partei|political|politische|partido
        nationality|ethnic*|race|immigrant|refugee|nationalitat|staatsangehorigkeit|nacionalidad
        gay|lesbian|queer|lgbt*|transgender|bisexual|schwul|lesbisch
        children|kinder|hijos
        date|place of birth
        born|geboren|nacido|nacida
        """)
}

extension String {
    /// A competency's name as it goes into a sentence: "Problem solving" as "problem solving", "SQL" as it is.
    var inSentence: String {
        let first = split(separator: " ").first ?? ""
        return first.dropFirst().contains(where: \.isUppercase) ? self : prefix(1).lowercased() + dropFirst()
    }
}
