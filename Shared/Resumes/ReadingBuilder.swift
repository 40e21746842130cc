/// Puts a resume together, and keeps where each value stands.
struct ReadingBuilder {
    private(set) var resume = Resume()
    private(set) var evidence: [Evidence] = []

    mutating func add(_ value: Value?, at pointer: String, _ path: WritableKeyPath<Resume, String?>) {
        guard let value else { return }
        resume[keyPath: path] = value.text
        note(value, pointer)
    }

    mutating func add(_ values: [Value], at pointer: String, _ path: WritableKeyPath<Resume, [String]>) {
        for value in values {
            note(value, "\(pointer)/\(resume[keyPath: path].count)")
            resume[keyPath: path].append(value.text)
        }
    }

    mutating func add(_ skills: [SkillReader.Skill]) {
        for skill in skills {
            add([skill.value], at: "/skills", \.skills)
            switch skill.kind {
            case .technical: add([skill.value], at: "/technicalSkills", \.technicalSkills)
            case .soft: add([skill.value], at: "/softSkills", \.softSkills)
            case nil: break
            }
        }
    }

    mutating func add(_ positions: [Position], today: Month) {
        for (index, position) in positions.enumerated() {
            let pointer = "/experience/\(index)"
            var entry = Resume.Experience()
            entry.title = noted(position.title, "\(pointer)/title")
            entry.company = noted(position.company, "\(pointer)/company")
            if let dates = position.dates {
                let confidence = dates.isSpan ? 0.95 : 0.7
                let ranges = dates.ranges.map { TextRange($0) }
                entry.startDate = noted(
                    dates.start.map { Value(text: $0.text, ranges: ranges, confidence: confidence) },
                    "\(pointer)/startDate")
                entry.endDate = noted(
                    dates.end.map { Value(text: $0.text, ranges: ranges, confidence: confidence) }, "\(pointer)/endDate"
                )
            }
            for (order, bullet) in position.bullets.enumerated() {
                note(bullet, "\(pointer)/bullets/\(order)")
                entry.bullets.append(bullet.text)
            }
            resume.experience.append(entry)
        }
        resume.totalYearsExperience = Tenure.years(of: positions.compactMap(\.dates), today: today)
        let current = positions.filter(\.isCurrent).max {
            ($0.dates?.start?.text ?? "") < ($1.dates?.start?.text ?? "")
        }
        add(current?.title, at: "/currentTitle", \.currentTitle)
        add(current?.company, at: "/currentCompany", \.currentCompany)
    }

    mutating func add(_ entries: [EducationReader.Entry]) {
        for (index, entry) in entries.enumerated() {
            let pointer = "/education/\(index)"
            var education = Resume.Education()
            education.degree = noted(entry.degree, "\(pointer)/degree")
            education.field = noted(entry.field, "\(pointer)/field")
            education.institution = noted(entry.institution, "\(pointer)/institution")
            if let year = entry.year, let dates = entry.dates {
                education.year = year
                note(
                    Value(text: "\(year)", ranges: dates.ranges.map { TextRange($0) }, confidence: 0.9),
                    "\(pointer)/year")
            }
            resume.education.append(education)
        }
    }

    private mutating func noted(_ value: Value?, _ pointer: String) -> String? {
        if let value { note(value, pointer) }
        return value?.text
    }

    private mutating func note(_ value: Value, _ pointer: String) {
        evidence.append(
            Evidence(
                pointer: pointer, ranges: value.ranges.sorted { $0.start < $1.start }, confidence: value.confidence))
    }
}
