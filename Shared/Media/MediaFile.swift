public import POSIX

/// A recording that nobody has vouched for, as ffmpeg's programs are to read it.
public struct MediaFile: Sendable {
    /// Says what the file is, so that ffmpeg never guesses, and that nothing but files may be opened.
    public let options: [String]
    /// The file as an address of ffmpeg's.
    public let address: String

    /// - Returns: nil when the first bytes are neither WebM's nor MP4's.
    public init?(_ path: String) throws(SystemError) {
        guard let format = Self.format(ofFileBeginning: try File.read(path, limit: 12)) else { return nil }
        options = ["-protocol_whitelist", "file", "-f", format]
        address = "file:\(path)"
    }

    /// ffmpeg's name for the container: EBML (RFC 8794 section 11.2.1) or an ISO base media `ftyp`
    /// box (ISO/IEC 14496-12 section 4.3).
    private static func format(ofFileBeginning bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0x1A, 0x45, 0xDF, 0xA3]) { return "matroska" }
        if bytes.dropFirst(4).starts(with: Array("ftyp".utf8)) { return "mov" }
        return nil
    }
}

/// 16-bit samples from ffmpeg's `s16le`.
public func samples(_ bytes: [UInt8]) -> [Int16] {
    stride(from: 0, to: bytes.count - 1, by: 2).map { index in
        Int16(bitPattern: UInt16(bytes[index]) | UInt16(bytes[index + 1]) << 8)
    }
}
