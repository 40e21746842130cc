import Endpoint
public import Interviews
public import JSON
import Resumes
public import Validation

/// What somebody knows better than an engine.
public struct ResumeCorrection: Codable, Sendable {
    public let field: CorrectableField
    /// Null when the candidate has none.
    public let value: FieldValue?
    public let correctedAt: Timestamp
    public let correctedBy: Person

    /// The resume with what people corrected in it. What was read elsewhere stays as it is.
    static func apply(_ corrections: [ResumeCorrection], to resume: Resume) throws(Failure) -> Resume {
        guard !corrections.isEmpty else { return resume }
        do {
            let members = try JSON(encoding: resume).members.map { member in
                guard let correction = corrections.first(where: { $0.field.rawValue == member.name }) else { return member }
                return JSON.Member(member.name, correction.value?.json ?? .null)
            }
            return try InputDecoder.decode(Resume.self, from: .object(members))
        } catch {
            throw .internal("a correction does not fit: \(error)")
        }
    }
}

/// The fields of `extractedData` that are one value.
public enum CorrectableField: String, Choice {
    case fullName, email, phone, location, totalYearsExperience, currentTitle, currentCompany, summary

    public var isNumber: Bool { self == .totalYearsExperience }
}

/// A text of 1 to 2000 characters or, for a number of years, a number from 0 to 80.
public enum FieldValue: Field {
    case text(Text<1, 2000>)
    case number(Double)

    public init(from decoder: any Decoder) throws {
        switch (decoder as? InputDecoder)?.json {
        case .integer(let number)? where (0...80).contains(number): self = .number(Double(number))
        case .number(let number)? where (0...80).contains(number): self = .number(number)
        case .string?: self = .text(try Text(from: decoder))
        default: throw Refusal("must be text, or a number of years from 0 to 80")
        }
    }

    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .text(let text): try text.encode(to: encoder)
        case .number(let number): try number.encode(to: encoder)
        }
    }

    public var isNumber: Bool {
        if case .number = self { true } else { false }
    }

    public var json: JSON {
        switch self {
        case .text(let text): .string(text.value)
        case .number(let number): .number(number)
        }
    }

    public static var example: Self { .text(.example) }
    public static var schema: JSON {
        ["anyOf": [Text<1, 2000>.schema, ["type": "number", "minimum": 0, "maximum": 80]]]
    }
}
