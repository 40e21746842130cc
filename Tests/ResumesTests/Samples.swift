import Documents

@testable import Resumes

/// Resumes of people who do not exist, in three languages.
enum Samples {
    static let today = Month(year: 2026, month: 11)

    static let english = """
        Maeve Pemberton
        Senior Software Engineer
        maeve.pemberton@example.com | +44 7700 900123 | Manchester, UK

        Summary
        Engineer who likes to leave systems simpler than she found them, with a soft spot for careful tests.

        Experience
        Senior Software Engineer, Kestrel Analytics Ltd  Mar 2021 – Present
        • Led a team of five and reduced incidents by 40% with better tests
        • Built services in Go and PostgreSQL that handle 900 requests a second
        Software Engineer, Bluefin Foods plc  2017 – 2021
        • Moved 40 legacy jobs to Kubernetes together with colleagues of two departments

        Education
        BSc in Physics, University of Eastmoor, 2016

        Skills
        Go, PostgreSQL, Kubernetes, C++, Communication

        Languages
        English (native), French (B2)
        """

    static let german = """
        Henning Oberländer
        henning.oberlaender@example.org | 0171 3920123 | 50667 Köln

        Berufserfahrung
        Projektleiter, Altmark Maschinenbau GmbH  03/2019 – heute
        • Steuerung von 12 Projekten mit SAP und einem Budget von 3 Millionen Euro
        • Verhandlung mit 20 Lieferanten
        Konstrukteur, Rheintal Werke AG  2014 – 2019
        • Konstruktion von Baugruppen mit AutoCAD für 4 Baureihen

        Ausbildung
        Diplom in Maschinenbau, Technische Universität Auental, 2013

        Kenntnisse
        SAP, AutoCAD, Teamfähigkeit

        Sprachen
        Deutsch (Muttersprache), Englisch (C1)
        """

    static let spanish = """
        Lucía Benavides Rivas
        lucia.benavides@example.net | +34 612 345 678 | Sevilla

        Experiencia
        Enfermera, Hospital Solano  enero de 2018 – actualidad
        • Atención de hasta 9 pacientes por turno y formación de 4 compañeros nuevos
        Auxiliar de Enfermería, Clínica Brisa  2015 – 2017
        • Reducción de esperas en un 20 %

        Formación
        Grado en Enfermería, Universidad de Valdemar, 2015

        Habilidades
        Triage, CPR, Empatía

        Idiomas
        Español (nativo), Inglés (B2)
        """

    static let all = [english, german, spanish]

    static func read(_ text: String) -> ResumeReading {
        OfflineResumeReader(today: today).read(DocumentText(pasted: text))
    }

    /// What the text has at a range.
    static func text(_ range: TextRange, of document: String) -> String {
        String(decoding: Array(document.utf16)[range.start..<range.end], as: UTF16.self)
    }
}
