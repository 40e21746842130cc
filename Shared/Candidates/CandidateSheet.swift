import CSV
public import JSON
public import Validation

/// Candidates in CSV. The first record names the columns: `name` and `email`, and if there are any
/// `phone` and `stage`, in any order and case. Other columns are passed over.
public struct CandidateSheet: Field {
    public static let mostRows = 5000

    /// A row that can be saved.
    public struct Row: Sendable {
        /// Where it begins, from 1 on.
        public let line: Int
        public let candidate: CandidateFields
    }

    /// What is wrong with a row, one for each of its values.
    public struct Refused: Codable, Sendable, Equatable {
        public let line: Int
        /// As the header has it; null when the row as a whole is wrong.
        public let column: String?
        /// A fragment that can follow the column's name.
        public let message: String
    }

    private let text: String
    /// How many records follow the header.
    public let rowCount: Int
    public let rows: [Row]
    public let refused: [Refused]
    public let ignoredColumns: [String]

    /// - Throws: a refusal of the whole, when there is nothing to go by.
    public init(_ text: String) throws(Refusal) {
        let records = CSV.records(in: text)
        guard let header = records.first else { throw Refusal("must have a line that names the columns") }
        let columns = try Columns(header)
        let body = records.dropFirst()
        guard body.count <= Self.mostRows else {
            throw Refusal("must have at most \(Self.mostRows) rows, not \(body.count)")
        }
        var rows: [Row] = []
        var refused: [Refused] = []
        for record in body {
            do throws(Flaws) {
                rows.append(Row(line: record.line, candidate: try columns.candidate(in: record)))
            } catch {
                refused += error.flaws
            }
        }
        self.text = text
        self.rows = rows
        self.refused = refused
        rowCount = body.count
        ignoredColumns = columns.ignored
    }

    public init(from decoder: any Decoder) throws {
        try self.init(try decoder.singleValueContainer().decode(String.self))
    }

    private init() {
        text = ""
        rowCount = 0
        rows = []
        refused = []
        ignoredColumns = []
    }

    public func encode(to encoder: any Encoder) throws { try text.encode(to: encoder) }

    public static var example: Self { Self() }
    public static var schema: JSON {
        ["type": "string", "description": "CSV (RFC 4180) with the columns name, email, phone and stage."]
    }
}

private struct Flaws: Error {
    let flaws: [CandidateSheet.Refused]
}

/// Where which value of a candidate stands.
private struct Columns {
    /// The columns that mean something, and the fields they are for.
    private static let fields = ["name": "name", "email": "email", "phone": "phone", "stage": "pipelineStage"]

    private let names: [String]
    /// The fields of the columns, in order; nil for those that are passed over.
    private let meanings: [String?]

    var ignored: [String] { zip(names, meanings).filter { $0.1 == nil && !$0.0.isEmpty }.map(\.0) }

    init(_ header: CSV.Record) throws(Refusal) {
        names = header.values.map(\.trimmed)
        meanings = names.map { Self.fields[$0.lowercased()] }
        if let problem = header.problem { throw Refusal("has a header whose column \(problem.value + 1) \(problem.message)") }
        for required in ["name", "email"] where !meanings.contains(required) {
            throw Refusal("must have a column “\(required)”; its columns are \(names.joined(separator: ", "))")
        }
        for (index, meaning) in meanings.enumerated() where meaning != nil && meanings[..<index].contains(meaning) {
            throw Refusal("must have the column “\(names[index])” only once")
        }
    }

    func candidate(in record: CSV.Record) throws(Flaws) -> CandidateFields {
        if let problem = record.problem {
            let column = problem.value < names.count ? names[problem.value] : nil
            throw Flaws(flaws: [.init(line: record.line, column: column, message: problem.message)])
        }
        guard record.values.count == names.count else {
            throw Flaws(flaws: [
                .init(line: record.line, column: nil, message: "has \(record.values.count) values, and the header has \(names.count)")
            ])
        }
        let members = zip(meanings, record.values).compactMap { meaning, value -> JSON.Member? in
            let value = value.trimmed
            guard let meaning, !value.isEmpty else { return nil }
            return JSON.Member(meaning, .string(meaning == "pipelineStage" ? value.uppercased() : value))
        }
        do throws(Rejection) {
            return try InputDecoder.decode(CandidateFields.self, from: .object(members))
        } catch {
            throw Flaws(
                flaws: error.problems.map { problem in
                    let column = meanings.firstIndex(of: problem.field).map { names[$0] }
                    return .init(line: record.line, column: column, message: problem.message)
                })
        }
    }
}
