import CMinizip
import Documents

/// The parts of a ZIP archive, unpacked in memory one at a time. Their names are only compared, never
/// used as paths.
@safe final class ZIPArchive {
    /// All parts that are read together, unpacked, in bytes. A resume of many pages has 2 MB.
    private static let mostBytes = 24 << 20

    let names: [String]
    private let archive: unzFile
    private var bytesLeft = mostBytes

    init(_ path: String) throws(DocumentProblem) {
        guard let archive = unsafe unzOpen64(path) else { throw .damaged }
        unsafe self.archive = archive
        var names: [String] = []
        var status = unsafe unzGoToFirstFile(archive)
        while status == UNZ_OK, names.count < 10_000 {
            var name = [CChar](repeating: 0, count: 1024)
            // unzip.h: the name is cut to the given size; the last byte stays 0.
            unsafe unzGetCurrentFileInfo64(archive, nil, &name, UInt(name.count - 1), nil, 0, nil, 0)
            names.append(String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
            status = unsafe unzGoToNextFile(archive)
        }
        self.names = names
    }

    deinit { unsafe unzClose(archive) }

    /// The bytes of a part, or nil when there is none of that name.
    func read(_ name: String) throws(DocumentProblem) -> [UInt8]? {
        guard names.contains(name) else { return nil }
        // Two readers may take different ones of two parts with one name.
        guard names.count(where: { $0 == name }) == 1 else { throw .ambiguous }
        var information = unz_file_info64()
        guard unsafe unzLocateFile(archive, name, 1) == UNZ_OK,
            unsafe unzGetCurrentFileInfo64(archive, &information, nil, 0, nil, 0, nil, 0) == UNZ_OK
        else { throw .damaged }
        // Bit 0 of the flags: encrypted (APPNOTE.TXT 4.4.4).
        guard information.flag & 1 == 0 else { throw .encrypted }
        guard unsafe unzOpenCurrentFile(archive) == UNZ_OK else { throw .damaged }
        var bytes: [UInt8] = []
        while true {
            var status: CInt = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 65536) { buffer, count in
                // Writes at most the given size and returns how much it wrote, or an error below 0.
                status = unsafe unzReadCurrentFile(archive, buffer.baseAddress, 65536)
                count = max(0, Int(status))
            }
            guard status >= 0 else { throw .damaged }
            if chunk.isEmpty { break }
            bytesLeft -= chunk.count
            guard bytesLeft >= 0 else { throw .tooComplex }
            bytes += chunk
        }
        // Here it compares the checksum.
        guard unsafe unzCloseCurrentFile(archive) == UNZ_OK else { throw .damaged }
        return bytes
    }
}
