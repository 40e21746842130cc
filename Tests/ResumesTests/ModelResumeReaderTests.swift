import Documents
import JSON
import Models
import Testing

@testable import Resumes

@Suite struct ModelResumeReaderTests {
    private func answer(_ changes: KeyValuePairs<String, JSON>) -> JSON {
        var members: [JSON.Member] = ["fullName", "email", "phone", "location", "summary"].map { JSON.Member($0, "") }
        members += ["experience", "education", "technicalSkills", "softSkills", "certifications", "languages"].map {
            JSON.Member($0, [])
        }
        for (name, value) in changes { members[members.firstIndex { $0.name == name } ?? 0].value = value }
        return .object(members)
    }

    private func read(_ changes: KeyValuePairs<String, JSON>, text: String = Samples.english) throws -> ResumeReading {
        try ModelResumeReader(model: ScriptedModel(answer(changes)), today: Samples.today).read(
            DocumentText(pasted: text))
    }

    @Test func takesWhatStandsInTheText() throws {
        let reading = try read([
            "fullName": "Maeve Pemberton", "email": "maeve.pemberton@example.com", "technicalSkills": ["C++", "Go"],
            "experience": [
                [
                    "title": "Software Engineer", "company": "Bluefin Foods plc", "dates": "2017 – 2021",
                    "bullets": ["Moved 40 legacy jobs to Kubernetes together with colleagues of two departments"],
                ]
            ],
            "education": [
                ["degree": "BSc", "field": "Physics", "institution": "University of Eastmoor", "dates": "2016"]
            ],
        ])
        #expect(
            reading.resume.fullName == "Maeve Pemberton" && reading.resume.technicalSkills == ["Go", "C++"]
                && reading.dropped == 0)
        #expect(
            reading.resume.experience.first?.startDate == "2017" && reading.resume.experience.first?.endDate == "2021")
        #expect(reading.resume.education.first?.year == 2016)
        // Worked out here: a year stands for its middle.
        #expect(reading.resume.totalYearsExperience == 4)
        #expect(
            reading.engine == "double-1" && reading.version == "read-resume 1" && reading.origin?.provider == "double")
        // The second of two titles that share words, beside its dates.
        let title = try #require(reading.evidence.first { $0.pointer == "/experience/0/title" }?.ranges.first)
        #expect(
            Samples.text(title, of: Samples.english) == "Software Engineer"
                && Samples.english.dropFirst(title.start).hasPrefix("Software Engineer, Bluefin"))
    }

    @Test func dropsAndCountsWhatDoesNot() throws {
        let reading = try read([
            "fullName": "Victor Winner", "email": "maeve@winner.example", "phone": "Manchester",
            "technicalSkills": ["Java", "C", "C#", "Kubernetes", "Telepathy"],
            "experience": [
                [
                    "title": "Chief Executive Officer", "company": "Globex", "dates": "1990 – present",
                    "bullets": ["Ruled"],
                ],
                ["title": "Software Engineer", "company": "Globex", "dates": "2017 – 2021", "bullets": []],
            ],
        ])
        #expect(reading.resume.fullName == nil && reading.resume.email == nil && reading.resume.phone == nil)
        #expect(reading.resume.technicalSkills == ["Kubernetes"])
        #expect(
            reading.resume.experience.map(\.title) == ["Software Engineer"]
                && reading.resume.experience.map(\.company) == [nil])
        #expect(reading.dropped == 3 + 4 + 4 + 1)
    }

    @Test func smallMistakesInLongValuesAreMended() throws {
        let reading = try read([
            "summary":
                "Engineer who likes to leave systems simpler then she found them, with a soft spot for careful tests.",
            "languages": ["french (b2)"],
        ])
        #expect(
            reading.resume.summary?.contains("simpler than she") == true && reading.resume.languages == ["French (B2)"]
                && reading.dropped == 0)
        // Of short ones a letter more or less is another word.
        #expect(try read(["technicalSkills": ["Gos"]]).dropped == 1)
    }

    @Test func lineBreaksAndLigaturesAreNoDifference() throws {
        let text =
            "Anna Berg\n\nExperience\nOffice Manager, Oxbow  2015 – 2018\n• Kept the office of forty people\nrunning"
        let entry: JSON = [
            "title": "Oﬃce Manager", "company": "Oxbow", "dates": "2015 – 2018",
            "bullets": ["Kept the oﬃce of forty people running"],
        ]
        let reading = try read(["experience": [entry]], text: text)
        #expect(reading.dropped == 0 && reading.resume.experience.first?.title == "Office Manager")
        #expect(reading.resume.experience.first?.bullets == ["Kept the office of forty people running"])
    }

    @Test func datesAreReadHere() throws {
        let entry: JSON = [
            "title": "Projektleiter", "company": "Altmark Maschinenbau GmbH", "dates": "03/2019 – heute", "bullets": [],
        ]
        let reading = try read(["experience": [entry]], text: Samples.german)
        #expect(
            reading.resume.experience.first?.startDate == "2019-03"
                && reading.resume.experience.first?.endDate == "present")
        #expect(reading.resume.currentTitle == "Projektleiter" && reading.resume.totalYearsExperience == 7.8)
    }

    @Test func failuresAreTheModels() {
        let reader = ModelResumeReader(model: ScriptedModel(failing: .overBudget), today: Samples.today)
        #expect(throws: ModelFailure.overBudget) { try reader.read(DocumentText(pasted: Samples.english)) }
    }
}
