import Documents
import Testing

@testable import Resumes

/// The readers of single parts, each on what authors make of it.
@Suite struct PartsTests {
    private func experience(_ text: String) -> [Resume.Experience] {
        Samples.read("Experience\n\(text)").resume.experience
    }
    private func education(_ text: String) -> [Resume.Education] { Samples.read("Education\n\(text)").resume.education }

    @Test(arguments: [
        "Data Analyst, Oxbow  2019 – 2020", "Oxbow | Data Analyst | 2019 – 2020", "Data Analyst at Oxbow (2019 – 2020)",
        "2019 – 2020: Data Analyst, Oxbow",
        "2019 – 2020\nData Analyst\nOxbow", "Data Analyst\nOxbow\n2019 – 2020", "Data Analyst\t2019 – 2020\nOxbow",
        "Oxbow\t2019 – 2020\nData Analyst",
        "Position: Data Analyst\nEmployer: Oxbow\nPeriod: 2019 – 2020", "Data Analyst – Oxbow\n2019 – 2020, Berlin",
        "2019 –\tData Analyst\n2020\tOxbow",
        "Data Analyst · Oxbow · Portland, OR · 2019 –\n2020",
    ])
    func ordersOfTitleCompanyAndDate(text: String) throws {
        let positions = experience("\(text)\n• Cleaned data of 12 clients")
        let position = try #require(positions.first)
        #expect(positions.count == 1)
        #expect(position.title == "Data Analyst" && position.company == "Oxbow")
        #expect(
            position.startDate == "2019" && position.endDate == "2020"
                && position.bullets == ["Cleaned data of 12 clients"])
    }

    @Test func severalPositionsAtOneCompany() {
        let positions = experience(
            "Kestrel GmbH, Berlin  2015 – 2021\nTeamleiter Einkauf  03/2018 – 2021\n• Führung\nDisponent  2015 – 02/2018\n• Planung"
        )
        #expect(positions.map(\.company) == ["Kestrel GmbH", "Kestrel GmbH"])
        #expect(
            positions.map(\.title) == ["Teamleiter Einkauf", "Disponent"]
                && positions.map(\.startDate) == ["2018-03", "2015"])
    }

    @Test func legalFormsAndCommasBelongToNames() {
        let positions = experience("Vice President, Risk\nTidewater Robotics, Inc.\n2019 – 2020\n• Wrote the rules")
        #expect(
            positions.first?.title == "Vice President, Risk" && positions.first?.company == "Tidewater Robotics, Inc.")
    }

    @Test func aDateInASentenceIsNoPosition() {
        #expect(
            experience(
                "Cook, The Oak Inn, 2015 – 2018\n• Cooked for 300 guests at the jubilee of 2016 and was thanked for it."
            ).count == 1)
    }

    @Test func brokenLinesOfABulletAreOne() {
        let bullets = experience("Cook, The Oak Inn  2015 – 2018\n• Cooked for 300 guests at\nthe jubilee\n• Cleaned")
            .first?.bullets
        #expect(bullets == ["Cooked for 300 guests at the jubilee", "Cleaned"])
    }

    @Test(arguments: [
        "BSc in Physics, University of Eastmoor, 2015", "BSc in Physics\t2012 – 2015\nUniversity of Eastmoor",
        "University of Eastmoor\t2015\nBSc (Physics)",
        "2012 – 2015\nBSc, Physics\nUniversity of Eastmoor", "BSc Physics – University of Eastmoor (2015)",
    ])
    func ordersOfDegreeSchoolAndYear(text: String) throws {
        let entries = education(text)
        let entry = try #require(entries.first)
        #expect(entries.count == 1)
        #expect(
            entry.degree == "BSc" && entry.field == "Physics" && entry.institution == "University of Eastmoor"
                && entry.year == 2015)
    }

    @Test func unfinishedStudiesHaveNoYear() {
        #expect(education("MSc Physics, TU Auental, 2024 – present").first?.year == nil)
    }

    @Test(arguments: [
        ("Skills\nGo, R, C, C++, C#, .NET, Node.js", ["Go", "R", "C", "C++", "C#", ".NET", "Node.js"]),
        ("Skills\nPython (advanced), Java – 5 years, SQL: expert", ["Python", "Java", "SQL"]),
        ("Skills\nAWS (EC2, S3), HTML/CSS", ["AWS", "EC2", "S3", "HTML", "CSS"]),
        ("Technical Skills: Rust | Kafka | Falconry", ["Rust", "Kafka", "Falconry"]),
        ("Skills\nLanguages: Kotlin, Perl\nTools: Git", ["Kotlin", "Perl", "Git"]),
        ("Skills\nProject\nManagement", ["Project", "Management"]),
        ("Skills\nDocker, Project\nManagement, Git", ["Docker", "Project\nManagement", "Git"]),
    ])
    func listsOfSkills(text: String, skills: [String]) {
        #expect(Samples.read(text).resume.skills == skills.map { $0.split(separator: "\n").joined(separator: " ") })
    }

    @Test func everydayWordsAreNoSkillsInSentences() {
        let read = { (bullet: String) in
            Samples.read("Experience\nCook, The Oak Inn  2015 – 2018\n• \(bullet)").resume.skills
        }
        #expect(read("Asked guests to go on, and put rust and swift notes in a word or access list") == [])
        #expect(read("Go to the market, C what there is, React to it") == [])
        #expect(read("Wrote tools in Go and PostgreSQL") == ["Go", "PostgreSQL"])
        #expect(read("Moved JavaScript code to TypeScript") == ["JavaScript", "TypeScript"])
    }

    @Test(arguments: [
        "+44 7700 900123", "(555) 010-0123", "0171 3920123", "+49 (0)151 2345 6789", "0034 93 123 45 67",
        "555.010.9999", "030/23125123",
    ])
    func telephoneNumbers(phone: String) {
        #expect(
            Samples.read(
                "Anna Berg\nTel.: \(phone)\nlinkedin.com/in/anna-berg-83156921\n\nExperience\nCook, The Oak Inn  2015 - 2018"
            ).resume.phone == phone)
    }

    @Test(arguments: ["2015 - 2018", "01/2015-06/2018", "linkedin.com/in/anna-berg-83156921", "10115", "01.02.2015"])
    func otherNumbers(text: String) { #expect(Samples.read("Anna Berg\n\(text)").resume.phone == nil) }

    @Test(arguments: [
        ("ANNA BERG", "ANNA BERG"), ("Berg, Anna", "Anna Berg"), ("Dr. Anna Berg, MBA", "Dr. Anna Berg"),
        ("Name: Anna van der Berg", "Anna van der Berg"),
        ("Curriculum Vitae\nAnna Berg", "Anna Berg"), ("Layla Haddad – ليلى حداد", "Layla Haddad"),
        ("ليلى حداد", "ليلى حداد"), ("A N N A   B E R G", "ANNA BERG"),
    ])
    func names(text: String, name: String) {
        #expect(Samples.read("\(text)\nCook\nx@example.com\n\nSkills\nTriage").resume.fullName == name)
    }

    @Test func addressesThatNarrowColumnsBreak() {
        #expect(
            Samples.read("Anna Berg\nanna.berg@post.exam\nple.de\n\nSkills\nTriage").resume.email
                == "anna.berg@post.example.de")
        #expect(
            Samples.read("Anna Berg\nanna.berg\n@example.com\n\nSkills\nTriage").resume.email == "anna.berg@example.com"
        )
    }

    @Test func languagesAndCertificates() {
        let resume = Samples.read(
            "Sprachen\nDeutsch – Muttersprache, Englisch (C1)\n\nCertifications\n• CPA (2020)\n• Six Sigma Green Belt, 2019"
        ).resume
        #expect(
            resume.languages == ["Deutsch – Muttersprache", "Englisch (C1)"]
                && resume.certifications == ["CPA", "Six Sigma Green Belt"])
    }

    @Test(arguments: [
        ("WORK EXPERIENCE", SectionKind.experience), ("Education & Training:", .education),
        ("E D U C A T I O N", .education), ("Relevant Professional Experience", .experience),
        ("Kenntnisse und Fähigkeiten", .skills), ("Formación académica", .education), ("Idiomas", .languages),
        ("Licenses & Certifications", .certifications),
        ("• Hobbies & Interests", .other),
    ])
    func headings(text: String, kind: SectionKind) { #expect(SectionKind(heading: Span(text)) == kind) }

    @Test(arguments: [
        "Experience with children", "Education Manager", "5 years of experience", "Skills, tools and more things",
        "Python",
    ])
    func noHeadings(text: String) { #expect(SectionKind(heading: Span(text)) == nil) }

    @Test func aTornColumnOfDatesGoesBackToItsLines() {
        let lines: [(String, Double, Double)] = [
            ("Experience", 40, 100), ("2019 – 2020", 40, 120), ("2015 – 2018", 40, 160),
            ("Data Analyst, Oxbow", 200, 120), ("• Cleaned data", 200, 135), ("Cook, The Oak Inn", 200, 160),
        ]
        let document = Self.placed(lines.map { ($0.0, $0.1, $0.2, 100, nil) })
        let positions = OfflineResumeReader(today: Samples.today).read(document).resume.experience
        #expect(positions.map(\.title) == ["Data Analyst", "Cook"] && positions.map(\.startDate) == ["2019", "2015"])
        #expect(positions.first?.bullets == ["Cleaned data"])
    }

    /// The column is 155 points wide. What had no room in it stands on the next line, in letters as bold.
    @Test func whatANarrowColumnWrapsIsReadAsOne() {
        let document = Self.placed([
            ("Education", 40, 100, 60, true), ("BSc in Supply Chain", 40, 112, 150, true),
            ("Management", 40, 124, 70, true), ("Lakeshore Community", 40, 136, 155, false),
            ("College", 40, 148, 50, false), ("2009", 40, 160, 30, false),
            ("Certifications", 40, 190, 80, true), ("• Certified Kubernetes", 40, 202, 150, false),
            ("Administrator", 50, 214, 80, false), ("• ITIL Foundation, 2013", 40, 226, 150, false),
            ("• PRINCE2 Practitioner", 40, 238, 120, false),
        ])
        let resume = OfflineResumeReader(today: Samples.today).read(document).resume
        #expect(resume.education.map(\.field) == ["Supply Chain Management"])
        #expect(resume.education.map(\.institution) == ["Lakeshore Community College"])
        #expect(resume.education.map(\.year) == [2009])
        #expect(
            resume.certifications == ["Certified Kubernetes Administrator", "ITIL Foundation", "PRINCE2 Practitioner"])
    }

    /// A page of lines: what they say, where they begin, how wide they are in points, and whether they are bold.
    private static func placed(_ lines: [(String, Double, Double, Double, Bool?)]) -> DocumentText {
        var text = ""
        var placed: [Line] = []
        for (line, x, y, width, isBold) in lines {
            let start = text.isEmpty ? 0 : text.utf16.count + 1
            text += (text.isEmpty ? "" : "\n") + line
            placed.append(
                Line(
                    characters: start..<text.utf16.count, page: 1, box: Box(x: x, y: y, width: width, height: 12),
                    fontSize: 10, isBold: isBold))
        }
        return DocumentText(text: text, lines: placed, pages: 1, method: .textLayer, hidden: [])
    }
}
