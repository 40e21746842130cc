public import JSON

/// A value that checks itself while it is decoded and describes itself for the schema.
///
/// One type per rule: a handler that receives a `Whole<30, 600>` need not check it again, the
/// caller who sent 20 is told so, and the OpenAPI document says it, all from this one place.
public protocol Field: Codable, Sendable {
    /// The JSON Schema (2020-12) of acceptable values.
    static var schema: JSON { get }
    /// One acceptable value: stands in for a refused one until all problems are collected.
    static var example: Self { get }
}

/// A field that wraps one plain value.
public protocol Wrapper: Field {
    associatedtype Value
    var value: Value { get }
}

/// Why a field's value is not acceptable, as a fragment that can follow the field's name: "must be …".
public struct Refusal: Error, Sendable {
    public let message: String
    public init(_ message: String) { self.message = message }
}

extension String: Field {
    public static var schema: JSON { ["type": "string"] }
    public static var example: String { "text" }
}

extension Int: Field {
    public static var schema: JSON { ["type": "integer"] }
    public static var example: Int { 1 }
}

extension Double: Field {
    public static var schema: JSON { ["type": "number"] }
    public static var example: Double { 0.5 }
}

extension Bool: Field {
    public static var schema: JSON { ["type": "boolean"] }
    public static var example: Bool { true }
}

/// A closed set of words: conforming a `String` enumeration is all it takes.
public protocol Choice: Field, RawRepresentable, CaseIterable where RawValue == String {}

extension Choice {
    public static var schema: JSON {
        ["type": "string", "enum": .array(allCases.map { .string($0.rawValue) })]
    }

    public static var example: Self { allCases[allCases.startIndex] }

    public init(from decoder: any Decoder) throws {
        let word = try decoder.singleValueContainer().decode(String.self)
        guard let value = Self(rawValue: word) else {
            throw Refusal("must be one of \(Self.allCases.map(\.rawValue).joined(separator: ", "))")
        }
        self = value
    }
}

/// Text whose length lies between `least` and `most`, counted as JSON Schema counts: in Unicode
/// scalars. (What a reader takes for one character may hold any number of them.) Control characters
/// other than tab and line breaks are refused; so is text that is only white space when `least` is above 0.
public struct Text<let least: Int, let most: Int>: Wrapper {
    public let value: String

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(String.self)
        let length = value.unicodeScalars.count
        guard length >= least, length <= most else {
            throw Refusal(
                length == 0 ? "must not be empty" : "must have \(least) to \(most) characters, not \(length)")
        }
        guard least == 0 || value.contains(where: { !$0.isWhitespace }) else { throw Refusal("must not be blank") }
        guard value.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control || "\t\n\r".unicodeScalars.contains($0) }) else {
            throw Refusal("must not have control characters")
        }
    }

    private init(unchecked value: String) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: String(repeating: "a", count: max(least, 1))) }
    public static var schema: JSON {
        ["type": "string", "minLength": .integer(least), "maxLength": .integer(most)]
    }
}

/// A whole number from `least` to `most`.
public struct Whole<let least: Int, let most: Int>: Wrapper {
    public let value: Int

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Int.self)
        guard value >= least, value <= most else { throw Refusal("must be a whole number from \(least) to \(most)") }
    }

    private init(unchecked value: Int) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: least) }
    public static var schema: JSON {
        ["type": "integer", "minimum": .integer(least), "maximum": .integer(most)]
    }
}

/// A length of time in seconds, from 0 to `most`, fractions allowed.
public struct Seconds<let most: Int>: Wrapper {
    public let value: Double

    public init(from decoder: any Decoder) throws {
        value = try decoder.singleValueContainer().decode(Double.self)
        guard value >= 0, value <= Double(most) else { throw Refusal("must be a number of seconds from 0 to \(most)") }
    }

    private init(unchecked value: Double) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: 0) }
    public static var schema: JSON { ["type": "number", "minimum": 0, "maximum": .integer(most)] }
}

/// An e-mail address as the HTML standard defines it for `<input type=email>`, at most 254
/// characters (RFC 5321), kept as it was written.
/// Source: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
public struct EmailAddress: Wrapper {
    public let value: String

    /// Nil when the text is not an address.
    public init?(_ text: String) {
        guard text.utf8.count <= 254 else { return nil }
        let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, parts[0].utf8.allSatisfy(Self.isLocal) else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(Self.isLabel) else { return nil }
        value = text
    }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let address = Self(text) else { throw Refusal("must be an e-mail address such as name@example.com") }
        self = address
    }

    private init(unchecked value: String) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    private static func isLocal(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || ".!#$%&'*+/=?^_`{|}~-".utf8.contains(byte)
    }

    private static func isLabel(_ label: Substring) -> Bool {
        (1...63).contains(label.utf8.count) && !label.hasPrefix("-") && !label.hasSuffix("-")
            && label.utf8.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    public static var example: Self { Self(unchecked: "name@example.com") }
    public static var schema: JSON { ["type": "string", "format": "email", "maxLength": 254] }
}

/// A JSON object whose members are free, at most 4 KB as text.
public struct FreeObject: Wrapper {
    public static let limit = 4096

    public let value: JSON

    public init(from decoder: any Decoder) throws {
        guard let input = decoder as? InputDecoder, case .object? = input.value else {
            throw Refusal("must be an object")
        }
        value = input.value ?? [:]
        guard try JSON.text(of: value).count <= Self.limit else {
            throw Refusal("must not be larger than \(Self.limit) bytes")
        }
    }

    private init(unchecked value: JSON) { self.value = value }

    public func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

    public static var example: Self { Self(unchecked: [:]) }
    public static var schema: JSON { ["type": "object"] }
}
