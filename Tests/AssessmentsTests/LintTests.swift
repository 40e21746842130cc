import Interviews
import JSON
import Testing
import Validation

@testable import Assessments

@Suite struct LintTests {
    private static func question(
        _ content: String, position: Int = 1, type: String = "BEHAVIORAL", levels: [JSON] = rubric
    ) throws -> AskedQuestion {
        try InputDecoder.decode(
            AskedQuestion.self,
            from: [
                "id": .string(Identifier.new().description), "position": .integer(position), "content": .string(content),
                "type": .string(type), "weight": 1, "rubricLevels": .array(levels),
                "competency": ["id": .string(Identifier.new().description), "name": "Ownership", "description": ""],
            ])
    }

    private static let rubric = (1...5).map { level($0) }

    private static func level(_ level: Int, description: String = "What it looks like.", anchors: [String]? = nil) -> JSON {
        let anchors = anchors ?? ["Shows one thing of \(level)", "Shows another of \(level)"]
        return [
            "level": .integer(level), "label": .string("Label \(level)"), "description": .string(description),
            "behavioralAnchors": .array(anchors.map { .string($0) }),
        ]
    }

    private static func codes(_ content: String, timing: Timing = .usual) throws -> [Finding.Code] {
        Lint.findings(in: [try question(content)], timing: timing).map(\.code)
    }

    // MARK: Sensitive questions

    @Test(arguments: [
        ("How old are you?", Finding.Code.asksAge), ("What's your date of birth?", .asksAge),
        ("In what year did you graduate?", .asksAge), ("Tell us when you plan to move, and when you want to retire.", .asksAge),
        ("Wie alt sind Sie?", .asksAge), ("In welchem Jahr sind Sie geboren?", .asksAge), ("Wann wollen Sie in Rente gehen?", .asksAge),
        ("¿Cuántos años tiene usted?", .asksAge), ("¿Qué edad tienes?", .asksAge),

        ("Are you pregnant?", .asksFamilyPlans), ("Do you have any young children?", .asksFamilyPlans),
        ("Are you planning to start a family soon?", .asksFamilyPlans), ("Who looks after your kids while you work?", .asksFamilyPlans),
        ("Haben Sie Kinder?", .asksFamilyPlans), ("Möchten Sie noch Kinder?", .asksFamilyPlans), ("Sind Sie schwanger?", .asksFamilyPlans),
        ("Besteht bei Ihnen ein Kinderwunsch, und wie sieht Ihre Familienplanung aus?", .asksFamilyPlans),
        ("¿Tiene usted hijos?", .asksFamilyPlans), ("¿Piensa tener hijos?", .asksFamilyPlans), ("¿Está embarazada?", .asksFamilyPlans),

        ("Are you married?", .asksMaritalStatus), ("What does your husband do?", .asksMaritalStatus),
        ("Sind Sie verheiratet?", .asksMaritalStatus), ("Nennen Sie uns Ihren Familienstand.", .asksMaritalStatus),
        ("¿Está casada?", .asksMaritalStatus), ("¿Cuál es su estado civil?", .asksMaritalStatus),

        ("What is your religion?", .asksReligion), ("Which church do you attend?", .asksReligion),
        ("Welche Konfession haben Sie?", .asksReligion), ("Sind Sie gläubig?", .asksReligion),
        ("¿De qué religión es usted?", .asksReligion), ("¿Es usted católica?", .asksReligion),

        ("Where are you from originally?", .asksOrigin), ("What is your native language?", .asksOrigin),
        ("Tell us about your nationality.", .asksOrigin), ("Where were your parents born?", .asksOrigin),
        ("Woher kommen Sie eigentlich?", .asksOrigin), ("Was ist Ihre Muttersprache?", .asksOrigin),
        ("¿De dónde es usted?", .asksOrigin), ("¿Cuál es tu nacionalidad?", .asksOrigin),

        ("Do you have a disability?", .asksHealth), ("Do you have any health problems?", .asksHealth),
        ("How many sick days did you take last year?", .asksHealth), ("Do you take any medication?", .asksHealth),
        ("Haben Sie eine Behinderung?", .asksHealth), ("Sind Sie oft krank?", .asksHealth),
        ("Leiden Sie an einer chronischen Krankheit?", .asksHealth),
        ("¿Tiene alguna discapacidad?", .asksHealth), ("¿Cómo es su estado de salud?", .asksHealth),

        ("Are you gay?", .asksSexualOrientation), ("Wie ist Ihre sexuelle Orientierung?", .asksSexualOrientation),
        ("¿Cuál es su orientación sexual?", .asksSexualOrientation),

        ("Are you a member of a trade union?", .asksMembership), ("Who did you vote for?", .asksMembership),
        ("Sind Sie Mitglied in einer Gewerkschaft?", .asksMembership), ("Was ist Ihre politische Meinung?", .asksMembership),
        ("¿Está afiliado a un sindicato?", .asksMembership), ("¿Por quién vota?", .asksMembership),

        ("Have you ever been arrested?", .asksCriminalRecord), ("Do you have a criminal record?", .asksCriminalRecord),
        ("Sind Sie vorbestraft?", .asksCriminalRecord), ("Haben Sie Vorstrafen?", .asksCriminalRecord),
        ("¿Tiene antecedentes penales?", .asksCriminalRecord), ("¿Ha sido detenido alguna vez?", .asksCriminalRecord),
    ])
    func findsSensitiveQuestions(content: String, code: Finding.Code) throws {
        let findings = Lint.findings(in: [try Self.question(content)], timing: .usual)
        let sensitive = findings.filter { $0.code.rawValue.hasPrefix("ASKS_") }
        #expect(sensitive.map(\.code) == [code])
        #expect(sensitive.first?.questionPosition == 1)
        #expect(sensitive.first?.severity == .critical)
    }

    @Test(arguments: [
        "How old is the oldest system you kept running, and what did that teach you?",
        "How would you make a page accessible to people with disabilities?",
        "Tell us about a time when you worked with children.", "Do you have experience with projects for children?",
        "Describe how you negotiated with a trade union.", "Explain what a UNION does in SQL.",
        "How did you find the race condition?", "How did you debug your race condition?",
        "Where do you see the origin of most defects?", "Tell us about your first programming language.",
        "Which party in a negotiation do you find hardest to satisfy?", "How do you plan to retire a legacy system?",
        "Have you been charged with leading a team? Tell us about it.", "What do you do when a colleague is sick?",
        "Are you single-handedly responsible for a result? Describe it.", "Tell us about a management style that worked.",
        "Wie beraten Sie schwangere Frauen?", "Woher kommen Ihre besten Ideen?", "Wie alt war das System, das Sie abgelöst haben?",
        "Beschreiben Sie ein Projekt für Kinder.", "Welche Vertragspartei hat Ihnen am meisten abverlangt?",
        "¿Cuántos años de experiencia tiene con Java?", "¿Cuántos años tiene de experiencia?",
        "¿Cuándo nació su interés por la programación?", "¿De dónde es el mayor de sus clientes?",
        "Describa cómo cuidó la salud del equipo.",
    ])
    func leavesTheSubjectOfTheWorkAlone(content: String) throws {
        #expect(try Self.codes(content).filter { $0.rawValue.hasPrefix("ASKS_") } == [])
    }

    @Test func quotesTheWordsAsTheyStand() throws {
        let findings = Lint.findings(in: [try Self.question("Zuerst: Wie ALT sind Sie?", position: 3)], timing: .usual)
        let message = try #require(findings.first { $0.code == .asksAge }?.message)
        #expect(message.hasPrefix("Question 3 asks about age (“Wie ALT sind Sie”)."))
    }

    // MARK: Wording

    @Test(arguments: [
        "What went wrong? How did you fix it?", "Describe the problem and how you solved it and what you learned.",
        "Was ging schief und wie haben Sie es gelöst und warum so?", "¿Qué pasó y cómo lo resolvió y por qué?",
    ])
    func findsSeveralQuestionsInOne(content: String) throws {
        #expect(try Self.codes(content) == [.doubleBarrelled])
    }

    @Test(arguments: [
        "Tell us about a conflict. What did you do, and how did it end?", "What do you know about research and development and sales?",
        "Describe a system with one part in C and another in Java.",
    ])
    func takesWhatBelongsTogetherForOne(content: String) throws {
        #expect(try Self.codes(content) == [])
    }

    @Test(arguments: [
        "Have you led a team?", "Do you know Swift?", "Is there a book that you like?", "Können Sie Swift?", "Haben Sie ein Team geleitet?",
        "¿Ha dirigido un equipo?", "¿Sabe programar en Swift?",
    ])
    func findsQuestionsForYesOrNo(content: String) throws {
        #expect(try Self.codes(content) == [.yesOrNo])
    }

    @Test(arguments: [
        "Can you describe how you led a team?", "Have you led a team? Tell us about it.", "Have you led a team? How did it go.",
        "Can you give an example of a decision that was yours?", "Können Sie uns eine Entscheidung beschreiben?",
        "¿Puede contarnos una decisión difícil?", "When did you last change your mind?",
    ])
    func takesAnInvitationForAnOpenQuestion(content: String) throws {
        #expect(try Self.codes(content) == [])
    }

    // MARK: Length and time

    @Test func sixQuestionsAreNotTooMany() throws {
        let questions = try (1...7).map { try Self.question("Describe task \($0) of yours.", position: $0) }
        #expect(Lint.findings(in: Array(questions.dropLast()), timing: .usual) == [])
        #expect(Lint.findings(in: questions, timing: .usual).map(\.code) == [.tooManyQuestions])
    }

    @Test func addsUpWhatAnInterviewMayTake() throws {
        let questions = try (1...4).map { try Self.question("Describe task \($0) of yours.", position: $0) }
        #expect(Lint.findings(in: questions, timing: Timing(thinkTimeSeconds: 30, timeLimitSeconds: 270)) == [])
        let long = Lint.findings(in: questions, timing: Timing(thinkTimeSeconds: 60, timeLimitSeconds: 270))
        #expect(long.map(\.code) == [.totalTimeLong])
        #expect(long.first?.message.contains("22 minutes") == true)
    }

    @Test func thinkTimeHasToFitTheQuestion() throws {
        let words = Array(repeating: "word", count: 45).joined(separator: " ")
        #expect(try Self.codes(words, timing: Timing(thinkTimeSeconds: 33, timeLimitSeconds: 60)) == [])
        #expect(try Self.codes(words, timing: Timing(thinkTimeSeconds: 32, timeLimitSeconds: 60)) == [.thinkTimeShort])
        let written = try Self.question(words, type: "ASYNC_TEXT")
        #expect(Lint.findings(in: [written], timing: Timing(thinkTimeSeconds: 0, timeLimitSeconds: 60)) == [])
    }

    // MARK: Rubrics

    private static func rubricFindings(_ levels: [JSON]) throws -> [Finding] {
        Lint.findings(in: [try question("Describe a task of yours.", levels: levels)], timing: .usual)
    }

    @Test func aQuestionNeedsAllFiveLevels() throws {
        #expect(try Self.rubricFindings([]).map(\.code) == [.rubricIncomplete])
        let some = try Self.rubricFindings([Self.level(1), Self.level(4), Self.level(5, description: " ", anchors: [])])
        #expect(some.map(\.code) == [.rubricIncomplete])
        #expect(some.first?.message.contains("levels 2, 3 and 5") == true)
        #expect(some.first?.rubricLevels == [2, 3, 5])
    }

    @Test func namesTheLevelsWithoutDescription() throws {
        let findings = try Self.rubricFindings(Self.rubric.dropLast() + [Self.level(5, description: "\n")])
        #expect(findings.map(\.code) == [.descriptionMissing])
        #expect(findings.first?.message.contains("level 5.") == true)
    }

    @Test func tellsNoAnchorsFromFew() throws {
        let findings = try Self.rubricFindings(
            [Self.level(1, anchors: []), Self.level(2, anchors: ["One"])] + Self.rubric.dropFirst(2))
        #expect(findings.map(\.code) == [.anchorsMissing, .anchorsTooFew])
        #expect(findings.map(\.severity) == [.warning, .info])
        #expect(findings.map(\.rubricLevels) == [[1], [2]])
    }

    @Test func findsAnchorsThatTellNothingApart() throws {
        let findings = try Self.rubricFindings(
            Self.rubric.dropLast(2) + [
                Self.level(4, anchors: ["Asks first.", "Compares with data"]), Self.level(5, anchors: ["asks  first", "Teaches others"]),
            ])
        #expect(findings.map(\.code) == [.anchorsIdentical])
        #expect(findings.first?.message.contains("“Asks first.” for levels 4 and 5") == true)
        #expect(findings.first?.rubricLevels == [4, 5])
    }

    @Test func anEmptyAssessmentCannotBeActivated() {
        let findings = Lint.findings(in: [], timing: .usual)
        #expect(findings.map(\.code) == [.noQuestions])
        #expect(findings.map(\.code.preventsActivation) == [true])
    }
}
