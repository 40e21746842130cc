/// The pages' colours in the light: nginx/www/assets/tokens.css.
extension Colour {
    static let ink = Colour(0x16191A)
    static let soft = Colour(0x555C5C)
    static let line = Colour(0xE3E3DE)
    static let accent = Colour(0x0A6459)
    static let good = Colour(0x1C6B3C)
    static let caution = Colour(0x855000)
    static let bad = Colour(0xB3261E)
}

extension TextStyle {
    static let title = TextStyle(size: 23, weight: 600)
    static let section = TextStyle(size: 14, weight: 600)
    static let question = TextStyle(size: 11, weight: 600)
    static let strong = TextStyle(weight: 600)
    static let muted = TextStyle(colour: .soft)
    static let label = TextStyle(size: 8.5, weight: 500, colour: .soft)
    static let small = TextStyle(size: 8, colour: .soft)
    static let quote = TextStyle(isItalic: true)
    static let kicker = TextStyle(size: 8.5, weight: 600, colour: .accent)

    func coloured(_ colour: Colour) -> TextStyle {
        var style = self
        style.colour = colour
        return style
    }
}
