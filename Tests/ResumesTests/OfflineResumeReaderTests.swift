import Documents
import Testing

@testable import Resumes

@Suite struct OfflineResumeReaderTests {
    @Test func readsAllOfAResume() {
        let resume = Samples.read(Samples.english).resume
        #expect(resume.fullName == "Maeve Pemberton")
        #expect(resume.email == "maeve.pemberton@example.com")
        #expect(resume.phone == "+44 7700 900123")
        #expect(resume.location == "Manchester, UK")
        #expect(
            resume.summary
                == "Engineer who likes to leave systems simpler than she found them, with a soft spot for careful tests."
        )
        #expect(resume.currentTitle == "Senior Software Engineer" && resume.currentCompany == "Kestrel Analytics Ltd")
        #expect(resume.experience.map(\.title) == ["Senior Software Engineer", "Software Engineer"])
        #expect(resume.experience.map(\.company) == ["Kestrel Analytics Ltd", "Bluefin Foods plc"])
        #expect(
            resume.experience.map(\.startDate) == ["2021-03", "2017"]
                && resume.experience.map(\.endDate) == ["present", "2021"])
        #expect(resume.experience.map(\.bullets.count) == [2, 1])
        #expect(resume.education.map(\.degree) == ["BSc"] && resume.education.map(\.field) == ["Physics"])
        #expect(
            resume.education.map(\.institution) == ["University of Eastmoor"] && resume.education.map(\.year) == [2016])
        #expect(
            resume.technicalSkills == ["Go", "PostgreSQL", "Kubernetes", "C++"]
                && resume.softSkills == ["Communication"])
        #expect(Set(resume.skills) == Set(resume.technicalSkills + resume.softSkills))
        #expect(resume.languages == ["English (native)", "French (B2)"])
        // July 2017 to June 2021 and March 2021 to November 2026.
        #expect(resume.totalYearsExperience == 9.4)
    }

    @Test func readsGermanAndSpanish() {
        let german = Samples.read(Samples.german).resume
        #expect(german.experience.map(\.company) == ["Altmark Maschinenbau GmbH", "Rheintal Werke AG"])
        #expect(
            german.education.first?.field == "Maschinenbau" && german.phone == "0171 3920123"
                && german.location == "50667 Köln")
        let spanish = Samples.read(Samples.spanish).resume
        #expect(spanish.fullName == "Lucía Benavides Rivas" && spanish.currentTitle == "Enfermera")
        #expect(spanish.experience.map(\.startDate) == ["2018-01", "2015"] && spanish.softSkills == ["Empatía"])
    }

    @Test(arguments: Samples.all) func everyValueSaysWhereItStands(text: String) throws {
        let document = DocumentText(pasted: text)
        let reading = OfflineResumeReader(today: Samples.today).read(document)
        #expect(!reading.evidence.isEmpty)
        for evidence in reading.evidence
        where !evidence.pointer.hasSuffix("Date") && !evidence.pointer.hasSuffix("year") {
            let shown = evidence.ranges.map { Samples.text($0, of: document.text) }.joined(separator: " ")
            #expect(shown == value(at: evidence.pointer, of: reading.resume), "\(evidence.pointer)")
            #expect((0...1).contains(evidence.confidence))
        }
        #expect(reading.engine == "rules" && reading.version == "1" && reading.flags.isEmpty)
    }

    private func value(at pointer: String, of resume: Resume) -> String? {
        let path = pointer.split(separator: "/").map(String.init)
        let index = path.count > 1 ? Int(path[1]) ?? 0 : 0
        return switch path[0] {
        case "fullName": resume.fullName
        case "email": resume.email
        case "phone": resume.phone
        case "location": resume.location
        case "summary": resume.summary
        case "currentTitle": resume.currentTitle
        case "currentCompany": resume.currentCompany
        case "skills": resume.skills[index]
        case "technicalSkills": resume.technicalSkills[index]
        case "softSkills": resume.softSkills[index]
        case "languages": resume.languages[index]
        case "certifications": resume.certifications[index]
        case "experience" where path[2] == "title": resume.experience[index].title
        case "experience" where path[2] == "company": resume.experience[index].company
        case "experience": resume.experience[index].bullets[Int(path[3]) ?? 0]
        case "education" where path[2] == "degree": resume.education[index].degree
        case "education" where path[2] == "field": resume.education[index].field
        default: resume.education[index].institution
        }
    }

    @Test(arguments: [
        "", " ", "42", "Dear Sir or Madam, please find enclosed the invoice of last week.", "a\nb\nc",
        String(repeating: "•\n", count: 500), "@ @@ a@b @c.de",
    ])
    func inventsNothing(text: String) {
        let reading = Samples.read(text)
        #expect(reading.resume == Resume() && reading.evidence.isEmpty)
    }

    @Test func survivesAnything() {
        var random = SystemRandomNumberGenerator()
        let pieces = [
            "2019", "–", "(", ")", "Experience\n", "• ", "a@b.com", "Skills:", ",", "\t", "\n\n", "Manager", "😀", "é",
            "Inc.", "'", "01/20", "ليلى",
        ]
        for _ in 0..<300 {
            let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined(
                separator: Bool.random() ? " " : "")
            let document = DocumentText(pasted: text)
            let reading = OfflineResumeReader(today: Samples.today).read(document)
            #expect(
                reading.evidence.allSatisfy {
                    $0.ranges.allSatisfy { $0.start < $0.end && $0.end <= document.text.utf16.count }
                }, "\(text)")
        }
    }
}
