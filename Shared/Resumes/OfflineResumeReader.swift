public import Documents

/// Reads resumes by rules, on this machine and without a model.
public struct OfflineResumeReader: ResumeReader {
    static let engine = "rules"
    static let version = "1"

    /// What "present" and "seit 2020" run to.
    let today: Month

    public init(today: Month) { self.today = today }

    public func read(_ document: DocumentText) -> ResumeReading {
        let prepared = PreparedResume(document, today: today)
        let lines = prepared.lines
        let sections = Section.all(in: lines)
        var builder = ReadingBuilder()
        readContact(lines, sections, into: &builder)
        let work = sections.filter { $0.kind == .experience }.flatMap {
            ExperienceReader.positions(in: $0.lines, today: today)
        }
        builder.add(work, today: today)
        builder.add(
            sections.filter { $0.kind == .education }.flatMap { EducationReader.entries(in: $0.lines, today: today) })
        builder.add(skills(sections, bullets: work.flatMap(\.bullets), prepared.text))
        builder.add(ListReader.languages(in: self.lines(of: .languages, sections)), at: "/languages", \.languages)
        builder.add(
            ListReader.certifications(in: self.lines(of: .certifications, sections), today: today),
            at: "/certifications", \.certifications)
        builder.add(SummaryReader.summary(sections), at: "/summary", \.summary)
        return ResumeReading(
            resume: builder.resume, evidence: builder.evidence, flags: prepared.flags, engine: Self.engine,
            version: Self.version, dropped: 0, origin: nil)
    }

    private func lines(of kind: SectionKind, _ sections: [Section]) -> [TextLine] {
        sections.filter { $0.kind == kind }.flatMap(\.lines)
    }

    private func readContact(_ lines: [TextLine], _ sections: [Section], into builder: inout ReadingBuilder) {
        let headCount = sections.prefix { $0.kind == nil }.reduce(0) { $0 + $1.lines.count }
        let contact = ContactReader(
            lines: lines, headCount: headCount, contactLines: self.lines(of: .contact, sections))
        let email = contact.email()
        let mailbox = email.flatMap { $0.text.split(separator: "@").first }.map { Folding.fold(String($0)) }
        builder.add(
            NameReader(lines: lines, headCount: headCount, mailbox: mailbox).name(), at: "/fullName",
            \.fullName)
        builder.add(email, at: "/email", \.email)
        let near = contact.contactLines + lines.prefix(headCount)
        builder.add(PhoneReader.phone(near: near, elsewhere: lines, today: today), at: "/phone", \.phone)
        builder.add(contact.location(), at: "/location", \.location)
    }

    private func skills(_ sections: [Section], bullets: [Value], _ text: [UInt16]) -> [SkillReader.Skill] {
        let listed = sections.filter { $0.kind == .skills || $0.kind == .softSkills }
        let done = bullets.compactMap { bullet in
            bullet.ranges.first.map { Span(document: text, bounds: $0.start..<(bullet.ranges.last?.end ?? $0.end)) }
        }
        return SkillReader.skills(listedIn: listed, mentionedIn: done + lines(of: .summary, sections).map(\.content))
    }
}

/// A document's lines without the passages that address a machine.
struct PreparedResume {
    let lines: [TextLine]
    let flags: [Flag]
    /// The text as it may be read, each place as in the document.
    let text: [UInt16]

    init(_ document: DocumentText, today: Month) {
        let units = Array(document.text.utf16)
        flags = Instructions.flags(in: TextLine.all(in: document, text: units))
        text = Instructions.masked(units, flags)
        lines = TextLine.joiningColumns(TextLine.all(in: document, text: text), today)
    }
}
