import CPango

/// Some text in one style.
struct TextRun {
    let text: String
    let style: TextStyle

    init(_ text: String, _ style: TextStyle = .body) {
        self.text = text
        self.style = style
    }
}

/// How text looks. Sizes are in points.
struct TextStyle {
    var size = 9.5
    /// As in CSS, 400 is regular and 600 semi-bold.
    var weight: UInt32 = 400
    var colour = Colour.ink
    var isItalic = false

    static let body = TextStyle()

    /// The families to take each character from, the first that has it. What none of them has comes
    /// from whatever font fontconfig finds.
    static let families = "Inter, DejaVu Sans, Noto Sans"
}

/// Text that Pango has laid out in lines (https://docs.gtk.org/Pango/). It is never read as markup.
@safe final class TextBlock {
    private let layout: OpaquePointer
    /// Where each line begins, from the top of the text; and, last, the text's height.
    let tops: [Double]

    var lineCount: Int { tops.count - 1 }
    var height: Double { tops[lineCount] }

    /// Of the longest line.
    var width: Double {
        var extents = PangoRectangle()
        unsafe pango_layout_get_extents(layout, nil, &extents)
        return Double(extents.width) / Double(PANGO_SCALE)
    }

    /// - Parameters:
    ///   - width: of a line, in points.
    ///   - isProse: whether the text's script decides on which side a line begins.
    init(_ runs: [TextRun], width: Double, isProse: Bool, context: OpaquePointer) {
        unsafe layout = pango_layout_new(context)
        let runs = runs.map { TextRun($0.text.drawable, $0.style) }
        let text = runs.map(\.text).joined()
        unsafe pango_layout_set_text(layout, text, CInt(text.utf8.count))
        unsafe pango_layout_set_width(layout, CInt(width * Double(PANGO_SCALE)))
        unsafe pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR)
        unsafe pango_layout_set_auto_dir(layout, isProse ? 1 : 0)
        unsafe pango_layout_set_line_spacing(layout, 1.25)
        let attributes = unsafe pango_attr_list_new()
        var start = 0
        for run in runs {
            let end = start + run.text.utf8.count
            unsafe Self.add(run.style, to: attributes, from: start, to: end)
            start = end
        }
        unsafe pango_layout_set_attributes(layout, attributes)
        unsafe pango_attr_list_unref(attributes)
        unsafe tops = Self.tops(of: layout)
    }

    deinit { unsafe g_object_unref(UnsafeMutableRawPointer(layout)) }

    private static func add(_ style: TextStyle, to list: OpaquePointer?, from start: Int, to end: Int) {
        let font = unsafe pango_font_description_new()
        unsafe pango_font_description_set_family(font, TextStyle.families)
        unsafe pango_font_description_set_absolute_size(font, style.size * Double(PANGO_SCALE))
        unsafe pango_font_description_set_weight(font, PangoWeight(rawValue: style.weight))
        if style.isItalic { unsafe pango_font_description_set_style(font, PANGO_STYLE_ITALIC) }
        unsafe insert(pango_attr_font_desc_new(font), into: list, from: start, to: end)
        unsafe pango_font_description_free(font)
        let words = [style.colour.red, style.colour.green, style.colour.blue].map { UInt16($0 * 65535) }
        unsafe insert(pango_attr_foreground_new(words[0], words[1], words[2]), into: list, from: start, to: end)
        // An address that is broken must not gain a hyphen.
        unsafe insert(pango_attr_insert_hyphens_new(0), into: list, from: start, to: end)
        // Figures of equal width, so that columns of numbers and times stand in line.
        unsafe insert(pango_attr_font_features_new("tnum"), into: list, from: start, to: end)
    }

    /// Gives the attribute to the list, which owns it from here on.
    private static func insert(
        _ attribute: UnsafeMutablePointer<PangoAttribute>?, into list: OpaquePointer?, from start: Int, to end: Int
    ) {
        guard let attribute = unsafe attribute else { return }
        unsafe attribute.pointee.start_index = UInt32(start)
        unsafe attribute.pointee.end_index = UInt32(end)
        unsafe pango_attr_list_insert(list, attribute)
    }

    private static func tops(of layout: OpaquePointer) -> [Double] {
        let iterator = unsafe pango_layout_get_iter(layout)
        defer { unsafe pango_layout_iter_free(iterator) }
        var tops: [Double] = []
        var bottom: CInt = 0
        repeat {
            var top: CInt = 0
            unsafe pango_layout_iter_get_line_yrange(iterator, &top, &bottom)
            tops.append(Double(top) / Double(PANGO_SCALE))
        } while unsafe pango_layout_iter_next_line(iterator) != 0
        return tops + [Double(bottom) / Double(PANGO_SCALE)]
    }

    /// - Parameter context: the Cairo context of the surface that the text was laid out for.
    func draw(_ lines: Range<Int>, x: Double, y: Double, on context: OpaquePointer) {
        let iterator = unsafe pango_layout_get_iter(layout)
        defer { unsafe pango_layout_iter_free(iterator) }
        var index = 0
        repeat {
            if lines.contains(index) {
                var extents = PangoRectangle()
                unsafe pango_layout_iter_get_line_extents(iterator, nil, &extents)
                let baseline = unsafe Double(pango_layout_iter_get_baseline(iterator)) / Double(PANGO_SCALE)
                unsafe cairo_move_to(
                    context, x + Double(extents.x) / Double(PANGO_SCALE), y + baseline - tops[lines.lowerBound])
                unsafe pango_cairo_show_layout_line(context, pango_layout_iter_get_line_readonly(iterator))
            }
            index += 1
        } while unsafe index < lines.upperBound && pango_layout_iter_next_line(iterator) != 0
    }
}

extension String {
    /// The text without control characters, which would be drawn as boxes with their numbers.
    fileprivate var drawable: String {
        guard unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) else { return self }
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: unicodeScalars.filter { $0.properties.generalCategory != .control || $0 == "\n" || $0 == "\t" })
        return String(kept)
    }

    /// Text of somebody else's inside a sentence of ours: its direction, left-to-right or right-to-left,
    /// does not reach beyond it. https://www.unicode.org/reports/tr9/#Explicit_Directional_Isolates
    var isolated: String { "\u{2068}\(self)\u{2069}" }
}
