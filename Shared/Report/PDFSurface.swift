import CPango

/// A PDF that is drawn in memory, page after page, with Cairo.
///
/// Lengths are in points (1/72 inch), from a page's upper left corner. What is drawn between
/// ``open(_:)`` and ``close(_:)`` gets a place in the document's structure, so that a screen reader
/// can tell a heading from a table: https://www.cairographics.org/manual/cairo-Tags-and-Links.html
@safe final class PDFSurface {
    private let surface: OpaquePointer
    private let context: OpaquePointer
    private let textContext: OpaquePointer
    /// Cairo writes into it until the surface is finished; it lives as long as this object.
    private let output = Output()

    private final class Output {
        var bytes: [UInt8] = []
    }

    init(width: Double, height: Double) {
        let closure = unsafe Unmanaged.passUnretained(output).toOpaque()
        // None of these returns null: without memory they return an object in an error state.
        unsafe surface = cairo_pdf_surface_create_for_stream(
            { closure, data, length in
                guard let closure = unsafe closure, let data = unsafe data else { return CAIRO_STATUS_WRITE_ERROR }
                let output = unsafe Unmanaged<Output>.fromOpaque(closure).takeUnretainedValue()
                unsafe output.bytes.append(contentsOf: UnsafeBufferPointer(start: data, count: Int(length)))
                return CAIRO_STATUS_SUCCESS
            }, closure, width, height)!
        unsafe context = cairo_create(surface)!
        unsafe textContext = pango_cairo_create_context(context)!
    }

    deinit {
        unsafe g_object_unref(UnsafeMutableRawPointer(textContext))
        unsafe cairo_destroy(context)
        unsafe cairo_surface_destroy(surface)
    }

    /// What a viewer shows as the document's title.
    func setTitle(_ title: String) {
        unsafe cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title)
        unsafe cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Parley")
    }

    /// Adds a line to the document's outline.
    /// - Parameters:
    ///   - page: from 1 on.
    ///   - parent: what an earlier call returned; nil at the top level.
    func bookmark(_ title: String, page: Int, y: Double, under parent: CInt?) -> CInt {
        unsafe cairo_pdf_surface_add_outline(
            surface, parent ?? CAIRO_PDF_OUTLINE_ROOT, title, "page=\(page) pos=[0 \(Int(y))]", CAIRO_PDF_OUTLINE_FLAG_OPEN)
    }

    // ---- Structure

    /// Begins an element of PDF's standard structure, such as `H1`, `P` or `TD`.
    func open(_ tag: String) { unsafe cairo_tag_begin(context, tag, nil) }

    func close(_ tag: String) { unsafe cairo_tag_end(context, tag) }

    // ---- Drawing

    /// Lays text out in the fonts that this surface draws with.
    func text(_ runs: [TextRun], width: Double, isProse: Bool) -> TextBlock {
        unsafe TextBlock(runs, width: width, isProse: isProse, context: textContext)
    }

    /// Draws some of a text's lines, the first of them with its top at `y`.
    func draw(_ text: TextBlock, lines: Range<Int>, x: Double, y: Double) {
        unsafe text.draw(lines, x: x, y: y, on: context)
    }

    func fill(x: Double, y: Double, width: Double, height: Double, radius: Double, colour: Colour) {
        unsafe cairo_set_source_rgb(context, colour.red, colour.green, colour.blue)
        let radius = min(radius, width / 2, height / 2)
        if radius > 0 {
            unsafe cairo_new_sub_path(context)
            let corners = [(x + width - radius, y + radius), (x + width - radius, y + height - radius),
                (x + radius, y + height - radius), (x + radius, y + radius)]
            for (quarter, corner) in corners.enumerated() {
                let start = Double(quarter - 1) * .pi / 2
                unsafe cairo_arc(context, corner.0, corner.1, radius, start, start + .pi / 2)
            }
            unsafe cairo_close_path(context)
        } else {
            unsafe cairo_rectangle(context, x, y, width, height)
        }
        unsafe cairo_fill(context)
    }

    func endPage() { unsafe cairo_show_page(context) }

    // ---- The end

    /// Ends the document; nothing can be drawn after it.
    func finish() throws(DrawingError) -> [UInt8] {
        let drawing = unsafe cairo_status(context)
        unsafe cairo_surface_finish(surface)
        for status in [drawing, unsafe cairo_surface_status(surface)] where status != CAIRO_STATUS_SUCCESS {
            throw unsafe DrawingError(description: String(cString: cairo_status_to_string(status)))
        }
        return output.bytes
    }
}

/// Cairo could not go on: in practice memory ran out.
public struct DrawingError: Error, CustomStringConvertible {
    public let description: String
}

/// A colour of the screen: red, green and blue from 0 to 1.
struct Colour {
    let red: Double
    let green: Double
    let blue: Double

    /// - Parameter hex: as in CSS, `0x0A6459`.
    init(_ hex: Int) {
        red = Double(hex >> 16 & 0xFF) / 255
        green = Double(hex >> 8 & 0xFF) / 255
        blue = Double(hex & 0xFF) / 255
    }
}
