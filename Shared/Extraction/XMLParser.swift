import CExpat
import Documents

/// What hears of the elements of an XML document in their order. Names come without their prefix.
protocol XMLListener: AnyObject {
    func begin(_ name: String, _ attributes: [String: String])
    func end(_ name: String)
    func text(_ text: String)
}

/// Reads XML with expat. Document type declarations, which bring entities, are refused: the parts of
/// an Office document may not have them (ECMA-376 part 2, 8.1.4).
enum XMLParser {
    private static let deepest = 256

    private final class State {
        let listener: any XMLListener
        let stop: () -> Void
        var depth = 0
        var isTooDeep = false

        init(_ listener: any XMLListener, stop: @escaping () -> Void) {
            self.listener = listener
            self.stop = stop
        }
    }

    static func read(_ bytes: [UInt8], _ listener: any XMLListener) throws(DocumentProblem) {
        guard let parser = unsafe XML_ParserCreate(nil) else { throw .tooComplex }
        defer { unsafe XML_ParserFree(parser) }
        let state = State(listener) { _ = unsafe XML_StopParser(parser, 0) }
        // The state outlives the parser, which is freed in this function.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(state).toOpaque())
        unsafe XML_SetStartDoctypeDeclHandler(parser) { data, _, _, _, _ in unsafe XMLParser.state(data).stop() }
        unsafe XML_SetElementHandler(
            parser,
            { data, name, attributes in
                let state = unsafe XMLParser.state(data)
                state.depth += 1
                if state.depth > XMLParser.deepest {
                    state.isTooDeep = true
                    state.stop()
                }
                unsafe state.listener.begin(XMLParser.local(name), XMLParser.values(attributes))
            },
            { data, name in
                let state = unsafe XMLParser.state(data)
                state.depth -= 1
                unsafe state.listener.end(XMLParser.local(name))
            })
        unsafe XML_SetCharacterDataHandler(parser) { data, text, length in
            let bytes = unsafe UnsafeBufferPointer(start: text, count: Int(length))
            let decoded = unsafe String(decoding: bytes.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            unsafe XMLParser.state(data).listener.text(decoded)
        }
        let status = unsafe bytes.withUnsafeBytes { buffer in
            unsafe XML_Parse(parser, buffer.bindMemory(to: CChar.self).baseAddress, CInt(buffer.count), 1)
        }
        guard status == XML_STATUS_OK else { throw state.isTooDeep ? .tooComplex : .damaged }
    }

    private static func state(_ data: UnsafeMutableRawPointer?) -> State {
        guard let data = unsafe data else { preconditionFailure("expat hands on what it was given") }
        return unsafe Unmanaged<State>.fromOpaque(data).takeUnretainedValue()
    }

    private static func local(_ name: UnsafePointer<XML_Char>?) -> String {
        guard let name = unsafe name else { return "" }
        let full = unsafe String(cString: name)
        return full.split(separator: ":").last.map(String.init) ?? ""
    }

    /// - Parameter list: names and values in turn, then nil.
    private static func values(_ list: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) -> [String: String] {
        var values: [String: String] = [:]
        guard var next = unsafe list else { return values }
        while let name = unsafe next[0], let value = unsafe next[1] {
            unsafe values[local(name)] = String(cString: value)
            unsafe next += 2
        }
        return values
    }
}
