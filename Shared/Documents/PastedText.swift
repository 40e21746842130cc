extension DocumentText {
    /// Text that somebody typed or pasted, cut after ``mostCharacters``.
    public init(pasted: String) {
        let clean = CleanText(pasted)
        var builder = TextBuilder()
        for line in clean.text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let last = line.lastIndex(where: { !$0.isWhitespace }) else {
                builder.endBlock()
                continue
            }
            builder.add(String(line[...last]), page: 1)
        }
        let hidden = clean.hidden.map { [HiddenText(text: $0, page: 1, reason: .zeroWidth)] }
        self.init(text: builder.text, lines: builder.lines, pages: 1, method: .pasted, hidden: hidden ?? [])
    }
}
