public import Documents
import JSON
public import Models

/// Reads resumes with a language model, and keeps only what stands in the text.
///
/// The model is not shown passages that address a machine, nothing that it says is taken from them, and
/// dates and years are worked out here.
public struct ModelResumeReader: ResumeReader {
    private let model: any LanguageModel
    private let today: Month

    /// - Parameter today: what "present" and "seit 2020" run to.
    public init(model: any LanguageModel, today: Month) {
        self.model = model
        self.today = today
    }

    public func read(_ document: DocumentText) throws(ModelFailure) -> ResumeReading {
        let prepared = PreparedResume(document, today: today)
        let answer = try model.answer(ResumePrompt.prompt(String(decoding: prepared.text, as: UTF16.self)))
        var extraction = Extraction(prepared.text, today: today)
        extraction.take(answer.value)
        return ResumeReading(
            resume: extraction.builder.resume, evidence: extraction.builder.evidence, flags: prepared.flags,
            engine: answer.origin.model,
            version: "\(ResumePrompt.name) \(ResumePrompt.version)", dropped: extraction.dropped, origin: answer.origin)
    }
}

/// Takes over from a model's answer what the text bears out.
private struct Extraction {
    private let grounding: Grounding
    private let today: Month
    private(set) var builder = ReadingBuilder()
    /// How many values the text does not bear out.
    private(set) var dropped = 0

    init(_ text: [UInt16], today: Month) {
        grounding = Grounding(text)
        self.today = today
    }

    mutating func take(_ answer: JSON) {
        builder.add(value(answer["fullName"]), at: "/fullName", \.fullName)
        builder.add(
            value(answer["email"]) { ContactReader.addresses(in: Span($0)).first?.text == $0 }, at: "/email", \.email)
        builder.add(value(answer["phone"]) { (7...15).contains($0.count(where: \.isNumber)) }, at: "/phone", \.phone)
        builder.add(value(answer["location"]), at: "/location", \.location)
        builder.add((answer["experience"]?.elements ?? []).compactMap { position($0) }, today: today)
        builder.add((answer["education"]?.elements ?? []).compactMap { education($0) })
        let skills =
            values(answer["technicalSkills"]).map { SkillReader.Skill(value: $0, kind: .technical) }
            + values(answer["softSkills"]).map { SkillReader.Skill(value: $0, kind: .soft) }
        builder.add(skills.sorted { ($0.value.ranges.first?.start ?? 0) < ($1.value.ranges.first?.start ?? 0) })
        builder.add(values(answer["languages"]), at: "/languages", \.languages)
        builder.add(values(answer["certifications"]), at: "/certifications", \.certifications)
        builder.add(value(answer["summary"]), at: "/summary", \.summary)
    }

    private mutating func position(_ entry: JSON) -> Position? {
        let dates = dates(entry["dates"])
        let place = dates?.ranges.first?.lowerBound
        var position = Position()
        position.title = value(entry["title"], near: place)
        position.company = value(entry["company"], near: place)
        position.dates = dates
        position.bullets = values(entry["bullets"], near: place)
        // Without a title or a company there is no position to speak of.
        return position.title == nil && position.company == nil ? nil : position
    }

    private mutating func education(_ entry: JSON) -> EducationReader.Entry? {
        let dates = dates(entry["dates"])
        let place = dates?.ranges.first?.lowerBound
        var education = EducationReader.Entry()
        education.degree = value(entry["degree"], near: place)
        education.field = value(entry["field"], near: place)
        education.institution = value(entry["institution"], near: place)
        education.dates = dates
        return education.degree == nil && education.institution == nil ? nil : education
    }

    /// What the words of a date mean, if they stand in the text.
    private mutating func dates(_ json: JSON?) -> DateSpan? {
        let today = today
        let isDate = { (text: String) in !DateFinder.spans(in: Span(text), today: today).isEmpty }
        guard let found = value(json, isValid: isDate), let range = found.ranges.first else { return nil }
        let dates = DateFinder.spans(in: Span(found.text), today: today)
        return (dates.first(where: \.isSpan) ?? dates.first)?.at([range.start..<range.end])
    }

    private mutating func values(_ json: JSON?, near place: Int? = nil) -> [Value] {
        var seen: Set<String> = []
        return (json?.elements ?? []).compactMap { value($0, near: place) }.filter {
            seen.insert(Folding.fold($0.text)).inserted
        }
    }

    private mutating func value(_ json: JSON?, near place: Int? = nil, isValid: (String) -> Bool = { _ in true })
        -> Value?
    {
        guard let text = json?.text, !text.isEmpty else { return nil }
        guard isValid(text), let value = grounding.find(text, near: place) else {
            dropped += 1
            return nil
        }
        return value
    }
}
