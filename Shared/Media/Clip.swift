import Glibc
import POSIX

/// What a short recording shows and how it sounds, measured from its decoded frames and samples.
public struct Clip: Sendable {
    public struct Picture: Sendable, Codable {
        /// In pixels.
        public let width: Int
        public let height: Int
        public let framesPerSecond: Double
        /// The mean luma of all frames as they are shown: 0 is black, 1 is white.
        public let brightness: Double
    }

    public struct Sound: Sendable, Codable {
        /// The loudest sample, in dB of full scale: 0 at most, -96 for digital silence.
        public let peakDecibels: Double
        /// How loud the sound is where it is not a pause, in dB of full scale.
        public let loudnessDecibels: Double
    }

    /// Why there is nothing to measure.
    public enum Fault: Error, Equatable {
        /// The bytes cannot be decoded, or not with the time and memory that a clip deserves.
        case unreadable
        /// A program that is needed failed, or the file cannot be reached; not the recording's fault.
        case engineFailed(detail: String)
    }

    public let durationSeconds: Double
    /// Nil when no frame could be decoded.
    public let picture: Picture?
    /// Nil when no sample could be decoded.
    public let sound: Sound?

    /// What comes after this is not measured, in seconds.
    private static let longest = 12
    private static let rate = 48_000
    /// Frames are measured as squares of so many pixels: the mean stays, the work does not.
    private static let side = 32
    private static let mostFrames = 60 * longest
    /// 8K, the largest picture that is decoded.
    private static let mostPixels = 7680 * 4320

    /// Decodes a WebM or MP4 file, whose bytes nobody has vouched for.
    public init(measuring path: String) throws(Fault) {
        let file: MediaFile?
        do { file = try MediaFile(path) } catch { throw .engineFailed(detail: error.description) }
        guard let file else { throw .unreadable }
        let frames = try Self.frames(of: file)
        let samples = try Self.samples(of: file)
        guard !frames.isEmpty || !samples.isEmpty else { throw .unreadable }
        picture = frames.isEmpty ? nil : Picture(frames, brightness: try Self.brightness(of: file))
        sound = samples.isEmpty ? nil : Sound(samples)
        durationSeconds = rounded(max(frames.durationSeconds, Double(samples.count) / Double(Self.rate)), 2)
    }

    private static func frames(of file: MediaFile) throws(Fault) -> [Frame] {
        let lines = try run("ffprobe", ["-v", "error", "-threads", "1", "-max_pixels", "\(mostPixels)"] + file.options + [
            "-select_streams", "v:0", "-read_intervals", "%+\(longest)",
            "-show_entries", "frame=pts_time,width,height", "-of", "csv=p=0", file.address,
        ], output: mostFrames * 64)
        return String(decoding: lines, as: UTF8.self).split(separator: "\n").compactMap(Frame.init)
    }

    private static func brightness(of file: MediaFile) throws(Fault) -> Double {
        let pixels = try decode(file, "v", [
            "-vf", "scale=\(side):\(side):flags=area,format=rgb24,format=gray", "-fps_mode", "passthrough",
            "-frames:v", "\(mostFrames)", "-f", "rawvideo",
        ], output: mostFrames * side * side)
        guard !pixels.isEmpty else { throw .unreadable }
        let sum = pixels.reduce(0) { $0 + Int($1) }
        return Double(sum) / Double(pixels.count) / 255
    }

    private static func samples(of file: MediaFile) throws(Fault) -> [Int16] {
        Media.samples(try decode(file, "a", [
            // Browsers leave gaps where packets were lost; filling them keeps the duration true.
            "-af", "aresample=async=1:first_pts=0", "-ac", "1", "-ar", "\(rate)", "-f", "s16le",
        ], output: (longest + 1) * rate * 2))
    }

    /// What ffmpeg makes of the first track of a kind; nothing when there is none.
    private static func decode(
        _ file: MediaFile, _ kind: String, _ options: [String], output: Int
    ) throws(Fault) -> [UInt8] {
        try run("ffmpeg", ["-nostdin", "-v", "error", "-threads", "1", "-max_pixels", "\(mostPixels)"] + file.options + [
            "-i", file.address, "-map", "0:\(kind):0", "-t", "\(longest)",
        ] + options + ["pipe:1"], output: output)
    }

    /// - Returns: what the program wrote, also when it then failed: a clip that was cut short still
    ///   has what precedes the cut.
    private static func run(_ program: String, _ arguments: [String], output: Int) throws(Fault) -> [UInt8] {
        do throws(ChildProcessError) {
            return try ChildProcess.run(
                program, arguments, limits: .init(seconds: 15, memory: 1 << 30, output: output)).output
        } catch {
            switch error {
            case .timedOut, .tooMuchOutput: throw .unreadable
            case .notFound, .notStarted: throw .engineFailed(detail: "\(error)")
            }
        }
    }
}

private struct Frame {
    /// When it is shown, in seconds.
    let time: Double
    let width: Int
    let height: Int

    /// - Parameter line: `time,width,height` as ffprobe writes it.
    init?(_ line: Substring) {
        let fields = line.split(separator: ",")
        guard fields.count >= 3, let time = Double(fields[0]), let width = Int(fields[1]), let height = Int(fields[2])
        else { return nil }
        self.time = time
        self.width = width
        self.height = height
    }
}

extension [Frame] {
    /// Frames a second, from the first to the last; 0 for a single frame.
    fileprivate var perSecond: Double {
        guard let first, let last, last.time > first.time else { return 0 }
        return Double(count - 1) / (last.time - first.time)
    }

    /// The last frame counts as long as the mean of those before it.
    fileprivate var durationSeconds: Double { perSecond > 0 ? Double(count) / perSecond : 0 }
}

extension Clip.Picture {
    fileprivate init(_ frames: [Frame], brightness: Double) {
        width = frames[0].width
        height = frames[0].height
        framesPerSecond = rounded(frames.perSecond, 1)
        self.brightness = rounded(brightness, 3)
    }
}

extension Clip.Sound {
    private static let floor = -96.0

    fileprivate init(_ samples: [Int16]) {
        let peak = samples.reduce(0) { max($0, abs(Int($1))) }
        peakDecibels = rounded(Self.decibels(ofPower: Double(peak * peak)), 1)
        loudnessDecibels = rounded(Self.loudness(samples), 1)
    }

    /// The mean power of blocks of 400 ms without the pauses: blocks below -70 dB count as silence,
    /// and so do those 10 dB below the mean of the others. This is the gating of ITU-R BS.1770
    /// without its filters.
    private static func loudness(_ samples: [Int16]) -> Double {
        let length = 19_200
        let powers = stride(from: 0, to: samples.count, by: length / 4).compactMap { start -> Double? in
            let block = samples[start..<min(start + length, samples.count)]
            guard block.count == length || start == 0 else { return nil }
            return block.reduce(0.0) { $0 + Double($1) * Double($1) } / Double(block.count)
        }
        let audible = powers.filter { decibels(ofPower: $0) > -70 }
        guard let threshold = mean(audible).map({ $0 / 10 }) else { return decibels(ofPower: mean(powers) ?? 0) }
        return decibels(ofPower: mean(audible.filter { $0 > threshold }) ?? 0)
    }

    private static func mean(_ values: [Double]) -> Double? {
        values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
    }

    /// - Parameter power: the square of a sample, or a mean of such.
    private static func decibels(ofPower power: Double) -> Double {
        power > 0 ? max(floor, 10 * log10(power / (32768 * 32768))) : floor
    }
}

private func rounded(_ value: Double, _ places: Int) -> Double {
    let scale = places == 1 ? 10.0 : places == 2 ? 100 : 1000
    return (value * scale).rounded() / scale
}
