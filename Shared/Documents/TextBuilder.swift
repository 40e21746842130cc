/// Puts a text together line by line, up to its limit; what comes after it is left out.
public struct TextBuilder {
    public private(set) var text = ""
    public private(set) var lines: [Line] = []
    private var length = 0
    private var blockEnded = false
    private var isFull = false

    public init() {}

    /// - Parameter line: without line ends; clean, see ``CleanText``.
    public mutating func add(
        _ line: String, page: Int, box: Box? = nil, fontSize: Double? = nil, isBold: Bool? = nil
    ) {
        let separator = text.isEmpty ? "" : blockEnded ? "\n\n" : "\n"
        let start = length + separator.utf16.count
        let end = start + line.utf16.count
        isFull = isFull || end > DocumentText.mostCharacters
        guard !isFull else { return }
        text += separator + line
        length = end
        blockEnded = false
        lines.append(Line(characters: start..<end, page: page, box: box, fontSize: fontSize, isBold: isBold))
    }

    /// The next line begins a new block.
    public mutating func endBlock() { blockEnded = true }
}
