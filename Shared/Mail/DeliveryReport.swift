import Validation

/// What a mail server tells of a mail that it could not deliver: a delivery status notification
/// (RFC 3464) in a `multipart/report` (RFC 6522). Anybody may send one, so all of it is bounded.
public struct DeliveryReport: Equatable, Sendable {
    /// What became of the mail to one recipient.
    public struct Recipient: Equatable, Sendable {
        public let action: Action
        /// As RFC 3463 has it, such as `5.1.1`.
        public let status: String
        /// In the words of the server that refused it.
        public let diagnostic: String?

        /// Whether the server says that it would be the same at another attempt.
        public var isPermanent: Bool { status.hasPrefix("5") }
    }

    public enum Action: String, Sendable {
        case failed, delayed, delivered, relayed, expanded
    }

    /// Why a message is no report that can be gone by.
    public enum Problem: Error, Equatable {
        /// An auto-reply, a receipt or anything else.
        case notAReport
        case malformed(String)
    }

    public let recipients: [Recipient]

    /// More of a message is not looked at.
    public static let mostBytes = 1 << 20
    static let mostParts = 10
    static let mostRecipients = 100

    /// - Parameter message: as it travels; line ends may be of either kind.
    public init(_ message: [UInt8]) throws(Problem) {
        var lines = String(decoding: message.prefix(Self.mostBytes), as: UTF8.self)
            .split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }[...]
        // What some mail servers put before a message that they hand to a program.
        if lines.first?.hasPrefix("From ") == true { lines = lines.dropFirst() }
        let head = HeaderFields(takenFrom: &lines)
        if let sender = head["return-path"], !Self.isNobody(sender) { throw .notAReport }
        let type = ContentType(head["content-type"] ?? "")
        guard type.name == "multipart/report", type.parameters["report-type"]?.lowercased() == "delivery-status" else {
            throw .notAReport
        }
        guard let boundary = type.parameters["boundary"], (1...70).contains(boundary.utf8.count) else {
            throw .malformed("no boundary")
        }
        recipients = try Self.recipients(in: Self.statusPart(of: lines, boundary))
    }

    /// The first recipient whom it did not reach; nil when it is only late, or arrived.
    public var failure: Recipient? { recipients.first { $0.action == .failed } }

    /// Notifications come from nobody whom an answer would reach; Postfix's pipe writes that as MAILER-DAEMON.
    private static func isNobody(_ sender: String) -> Bool {
        ["<>", "<mailer-daemon>"].contains(sender.trimmed.lowercased())
    }

    /// The fields of the part that machines read.
    private static func statusPart(of lines: ArraySlice<Substring>, _ boundary: String) throws(Problem) -> ArraySlice<Substring> {
        let opening = "--\(boundary)", closing = "--\(boundary)--"
        let marks = lines.indices.filter { index in
            let mark = trimmedEnd(lines[index])
            return mark == opening || mark == closing
        }
        guard marks.count <= mostParts + 1 else { throw .malformed("too many parts") }
        for (place, mark) in marks.enumerated() where trimmedEnd(lines[mark]) == opening {
            var part = lines[(mark + 1)..<(place + 1 < marks.count ? marks[place + 1] : lines.endIndex)]
            let name = ContentType(HeaderFields(takenFrom: &part)["content-type"] ?? "").name
            if name == "message/delivery-status" || name == "message/global-delivery-status" { return part }
        }
        throw .malformed("no delivery status")
    }

    private static func trimmedEnd(_ line: Substring) -> Substring {
        line.lastIndex { $0 != " " && $0 != "\t" }.map { line[...$0] } ?? ""
    }

    /// Groups of fields with empty lines between: one about the message, then one for each recipient.
    private static func recipients(in part: ArraySlice<Substring>) throws(Problem) -> [Recipient] {
        var rest = part
        var groups: [HeaderFields] = []
        while !rest.isEmpty {
            let group = HeaderFields(takenFrom: &rest)
            if !group.isEmpty { groups.append(group) }
            guard groups.count <= mostRecipients + 1 else { throw .malformed("too many recipients") }
        }
        guard let message = groups.first, message["reporting-mta"] != nil else { throw .malformed("no Reporting-MTA") }
        guard groups.count > 1 else { throw .malformed("no recipient") }
        var recipients: [Recipient] = []
        for group in groups.dropFirst() { recipients.append(try recipient(group)) }
        return recipients
    }

    private static func recipient(_ fields: HeaderFields) throws(Problem) -> Recipient {
        guard let address = fields["final-recipient"], address.contains(";") else { throw .malformed("no Final-Recipient") }
        guard let word = fields["action"]?.trimmed.lowercased(), let action = Action(rawValue: word) else {
            throw .malformed("no Action")
        }
        guard let status = fields["status"].flatMap(status(in:)) else { throw .malformed("no Status") }
        let agrees = switch action {
        case .failed: status.hasPrefix("5") || status.hasPrefix("4")
        case .delayed: status.hasPrefix("4")
        case .delivered, .relayed, .expanded: status.hasPrefix("2")
        }
        guard agrees else { throw .malformed("Action and Status disagree") }
        // `smtp; 550 …`: the first word says whose words they are.
        let said = fields["diagnostic-code"]?.split(separator: ";", maxSplits: 1).last.map(\.trimmed)
        return Recipient(action: action, status: status, diagnostic: said.flatMap { $0.isEmpty ? nil : $0 })
    }

    /// `5.1.1`, of what may have a remark behind it.
    private static func status(in text: String) -> String? {
        let code = text.trimmed.prefix { !$0.isWhitespace }
        let numbers = code.split(separator: ".", omittingEmptySubsequences: false)
        guard numbers.count == 3, ["2", "4", "5"].contains(numbers[0]),
            numbers.dropFirst().allSatisfy({ (1...3).contains($0.utf8.count) && $0.utf8.allSatisfy { (48...57).contains($0) } })
        else { return nil }
        return String(code)
    }
}

extension DeliveryReport.Recipient {
    /// Why it did not arrive, for people, in at most 500 characters on one line.
    public var reason: String {
        let kind = isPermanent ? "Refused for good" : "Given up after trying again"
        let words = "\(kind) (\(status)): \(diagnostic ?? "the mail server gave no reason.")"
        let line = words.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : Character($0) }
        return String(line.prefix(500))
    }
}

/// The fields of a header, by names in small letters. Of several with one name, the first counts.
struct HeaderFields {
    private var values: [String: String] = [:]

    /// Takes the fields up to the first empty line, and that line, from the beginning of `lines`.
    init(takenFrom lines: inout ArraySlice<Substring>) {
        var name: String?
        var value = ""
        func keep(in values: inout [String: String]) {
            if let name, values[name] == nil { values[name] = value }
        }
        while let line = lines.popFirst(), !line.isEmpty {
            if line.first == " " || line.first == "\t" {
                value += " " + line.trimmed
                continue
            }
            keep(in: &values)
            let colon = line.firstIndex(of: ":")
            name = colon.map { line[..<$0].trimmed.lowercased() }
            value = colon.map { line[line.index(after: $0)...].trimmed } ?? ""
        }
        keep(in: &values)
    }

    var isEmpty: Bool { values.isEmpty }

    subscript(name: String) -> String? { values[name] }
}

/// The value of a Content-Type: RFC 2045 section 5.1.
struct ContentType {
    /// `type/subtype` in small letters.
    let name: String
    private(set) var parameters: [String: String] = [:]

    init(_ value: String) {
        var pieces: [String] = [""]
        var isQuoted = false, isEscaped = false
        for character in value {
            if isEscaped {
                pieces[pieces.count - 1].append(character)
                isEscaped = false
                continue
            }
            switch character {
            case "\\" where isQuoted: isEscaped = true
            case "\"": isQuoted.toggle()
            case ";" where !isQuoted: pieces.append("")
            default: pieces[pieces.count - 1].append(character)
            }
        }
        name = pieces[0].trimmed.lowercased()
        for piece in pieces.dropFirst() {
            let sides = piece.split(separator: "=", maxSplits: 1)
            if sides.count == 2 { parameters[sides[0].trimmed.lowercased()] = sides[1].trimmed }
        }
    }
}
