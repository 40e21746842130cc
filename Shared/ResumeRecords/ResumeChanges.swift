public import Resumes

/// What is different in one field of two readings.
public struct ResumeChange: Codable, Sendable, Equatable {
    /// As in `extractedData`.
    public let field: String
    /// Null for what is new.
    public let before: String?
    /// Null for what is gone.
    public let after: String?
}

extension ResumeChange {
    /// What a later reading says that an earlier one did not, and the other way round, in the order of the fields.
    public static func between(_ earlier: Resume, _ later: Resume) -> [ResumeChange] {
        let single: [(String, (Resume) -> String?)] = [
            ("fullName", \.fullName), ("email", \.email), ("phone", \.phone), ("location", \.location),
            ("totalYearsExperience", { $0.totalYearsExperience.map { "\($0)" } }), ("currentTitle", \.currentTitle),
            ("currentCompany", \.currentCompany), ("summary", \.summary),
        ]
        let listed: [(String, (Resume) -> [String])] = [
            ("technicalSkills", \.technicalSkills), ("softSkills", \.softSkills),
            ("experience", { $0.experience.map(\.words) }), ("education", { $0.education.map(\.words) }),
            ("certifications", \.certifications), ("languages", \.languages),
        ]
        return single.compactMap { name, value in
            value(earlier) == value(later) ? nil : ResumeChange(field: name, before: value(earlier), after: value(later))
        } + listed.flatMap { name, values in
            let (before, after) = (values(earlier), values(later))
            return before.filter { !after.contains($0) }.map { ResumeChange(field: name, before: $0, after: nil) }
                + after.filter { !before.contains($0) }.map { ResumeChange(field: name, before: nil, after: $0) }
        }
    }
}

extension Resume.Experience {
    fileprivate var words: String {
        let dates = startDate.map { "\($0) – \(endDate ?? "?")" }
        return [title, company, dates].compactMap { $0 }.joined(separator: ", ")
    }
}

extension Resume.Education {
    fileprivate var words: String {
        [degree, field, institution, year.map { String($0) }].compactMap { $0 }.joined(separator: ", ")
    }
}
