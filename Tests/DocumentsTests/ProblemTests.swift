import Documents
import Glibc
import POSIX
import Testing

/// Documents that cannot or must not be read: each has its own answer and leaves nothing behind.
@Suite(.serialized) struct ProblemTests {
    @Test(arguments: [
        ("empty.pdf", DocumentProblem.empty), ("zeros.pdf", .empty), ("password.pdf", .encrypted),
        ("truncated.pdf", .damaged), ("truncated.docx", .damaged), ("truncated.doc", .damaged),
        ("jpeg.pdf", .unsupported(what: "a JPEG picture")), ("workbook.docx", .unsupported(what: "an Excel workbook")),
        ("polyglot.pdf", .ambiguous), ("picture-and.pdf", .ambiguous), ("no-mapping.pdf", .noText),
        ("billion-laughs.docx", .damaged), ("external-entity.docx", .damaged), ("deep.docx", .tooComplex),
        ("zip-bomb.docx", .tooComplex),
    ]) func theAnswerSaysWhatIsWrong(name: String, problem: DocumentProblem) {
        #expect(Corpus.problem(name) == problem)
    }

    /// Without recognition: a bomb never counts as a scan, however fast the machine is that reads it.
    @Test(arguments: [
        "nested-flate.pdf", "object-stream-bomb.pdf", "drawing-bomb.pdf", "image-bomb.pdf", "form-bomb.pdf",
        "huge-page.pdf", "scanned-bomb.pdf", "picture-bomb.pdf", "lines-bomb.pdf",
    ]) func aBombIsStopped(name: String) throws {
        // What draws nothing to be seen is empty to a machine that gets to its end.
        let answers: [DocumentProblem] = name == "drawing-bomb.pdf" ? [.tooComplex, .noText] : [.tooComplex]
        let answer = #expect(throws: DocumentProblem.self) { try DocumentReader(seconds: 3).readLayer(Corpus.path(name)) }
        #expect(answer.map(answers.contains) == true)
        // A killed program with much memory takes a moment to go.
        for _ in 0..<50 where try !Self.programs(reading: name).isEmpty { usleep(100_000) }
        #expect(try Self.programs(reading: name) == [])
    }

    @Test func whatShowsNothingIsNoScan() throws {
        try Corpus.withFile(Self.pages(3)) { path in
            #expect(throws: DocumentProblem.noText) { try Corpus.reader.readLayer(path) }
        }
    }

    @Test func scansOfMoreThanTenPagesAreRefusedAtOnce() {
        #expect(throws: DocumentProblem.tooManyPages(most: 10)) { try Corpus.reader.readLayer(Corpus.path("eleven-scans.pdf")) }
    }

    @Test(arguments: ["cyclic-pages.pdf", "cyclic-xref.pdf"]) func whatGoesInCirclesEnds(name: String) throws {
        #expect(try Corpus.read(name).text.hasPrefix("Maria Example, engineer at Acme"))
    }

    @Test func namesInAnArchiveAreNoPaths() throws {
        #expect(try Corpus.read("traversal.docx").text == "Maria Example, engineer")
        #expect(File.version(of: "/tmp/parley-was-here") == nil)
    }

    @Test func aNameSaysNothing() throws {
        #expect(try Corpus.read("doc-named.pdf").text.contains(Corpus.resume))
    }

    @Test func tenThousandPagesAreTooMany() throws {
        try Corpus.withFile(Self.pages(10_000)) { path in
            #expect(throws: DocumentProblem.tooManyPages(most: 50)) { try Corpus.reader.read(path) }
        }
    }

    @Test func moreThanTenMegabytesAreTooMuch() throws {
        try Corpus.withFile([UInt8](repeating: 32, count: 10_000_001)) { path in
            #expect(throws: DocumentProblem.tooLarge(mostBytes: 10_000_000)) { try Corpus.reader.read(path) }
        }
    }

    @Test func aMissingFileIsNotTheDocumentsFault() {
        #expect(throws: DocumentProblem.toolFailed(detail: "there is no file /none")) { try Corpus.reader.read("/none") }
    }

    @Test func everyProblemHasItsOwnSentence() {
        let all: [DocumentProblem] = [
            .empty, .encrypted, .damaged, .unsupported(what: "a program"), .ambiguous, .tooManyPages(most: 50),
            .tooLarge(mostBytes: 10_000_000), .tooComplex, .noText, .toolFailed(detail: "secret"),
        ]
        #expect(Set(all.map(\.description)).count == all.count)
        #expect(all.allSatisfy { $0.description.hasSuffix(".") && !$0.description.contains("secret") })
    }

    /// A PDF of empty pages.
    private static func pages(_ count: Int) -> [UInt8] {
        let kids = (3..<count + 3).map { "\($0) 0 R" }.joined(separator: " ")
        var text = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
        text += "2 0 obj\n<< /Type /Pages /Count \(count) /Kids [\(kids)] >>\nendobj\n"
        for number in 3..<count + 3 {
            text += "\(number) 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] >>\nendobj\n"
        }
        return Array("\(text)trailer\n<< /Root 1 0 R /Size \(count + 3) >>\n%%EOF\n".utf8)
    }

    /// The programs that have the document's name among their arguments.
    private static func programs(reading name: String) throws -> [String] {
        try File.names(in: "/proc").filter { Int($0) != nil }.compactMap { process in
            guard let line = try? File.read("/proc/\(process)/cmdline") else { return nil }
            let command = String(decoding: line, as: UTF8.self)
            return command.contains("/Corpus/\(name)") ? command : nil
        }
    }
}
