/// How a run of text in a DOCX looks, as far as it decides whether anybody sees it. Nil where it is
/// left to what stands above it (ECMA-376 part 1, 17.3.2).
struct RunLook {
    var isVanished: Bool?
    /// Red, green, blue.
    var color: [Int]?
    /// In points.
    var size: Double?
    /// The colour behind it.
    var fill: [Int]?
    /// Whether its paragraph is an item of a list.
    var isItem: Bool?

    /// With what `below` says more closely.
    func refined(by below: RunLook) -> RunLook {
        RunLook(
            isVanished: below.isVanished ?? isVanished, color: below.color ?? color, size: below.size ?? size,
            fill: below.fill ?? fill, isItem: below.isItem ?? isItem)
    }

    /// Takes in an element of `w:rPr` or `w:pPr`; others change nothing.
    mutating func take(_ name: String, _ attributes: [String: String]) {
        let value = attributes["val"]
        switch name {
        case "vanish", "webHidden": isVanished = !["0", "false", "off"].contains(value ?? "1")
        case "color": color = value.flatMap(Self.color) ?? color
        // Half-points.
        case "sz": size = value.flatMap { Double($0) }.map { $0 / 2 } ?? size
        case "shd": fill = attributes["fill"].flatMap(Self.color) ?? fill
        case "highlight": fill = value == "none" ? nil : value == "white" ? [255, 255, 255] : [128, 128, 128]
        case "numId": isItem = value != "0"
        default: break
        }
    }

    /// - Parameter hex: `RRGGBB`; "auto" has no colour of its own.
    static func color(_ hex: String) -> [Int]? {
        guard hex.utf8.count == 6, let value = Int(hex, radix: 16) else { return nil }
        return [value >> 16 & 255, value >> 8 & 255, value & 255]
    }
}

/// The styles of a DOCX, `word/styles.xml`.
final class OfficeStyles: XMLListener {
    private var looks: [String: RunLook] = [:]
    private var parents: [String: String] = [:]
    private var shaded: Set<String> = []
    private var standard = RunLook()
    private var current: String?
    private var isStandard = false

    /// What applies where nothing else does.
    var defaults: RunLook { standard }

    /// What a style says with those it is based on.
    func look(of style: String?) -> RunLook {
        var chain: [RunLook] = []
        var next = style
        // A chain of styles may be long, or a circle.
        while let name = next, let look = looks[name], chain.count < 20 {
            chain.append(look)
            next = parents[name]
        }
        return chain.reversed().reduce(RunLook()) { $0.refined(by: $1) }
    }

    /// Whether a table style gives any cell a colour.
    func shades(_ style: String?) -> Bool { style.map { shaded.contains($0) } ?? false }

    func begin(_ name: String, _ attributes: [String: String]) {
        switch name {
        case "docDefaults": isStandard = true
        case "style":
            current = attributes["styleId"]
            if let current { looks[current] = RunLook() }
        case "basedOn": if let current { parents[current] = attributes["val"] }
        default:
            if isStandard { standard.take(name, attributes) }
            guard let current else { return }
            looks[current]?.take(name, attributes)
            if name == "shd" { shaded.insert(current) }
        }
    }

    func end(_ name: String) {
        if name == "docDefaults" { isStandard = false }
        if name == "style" { current = nil }
    }

    func text(_ text: String) {}
}
