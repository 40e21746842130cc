import POSIX
import Testing

@testable import Media

/// Clips whose content is known, made by ffmpeg and measured again.
@Suite struct ClipTests {
    private let folder: Folder
    private static let bright = "testsrc2=size=640x360:rate=25"
    private static let tone = "sine=frequency=440:sample_rate=48000"

    /// A class, because tests are structures that are copied and a temporary folder is not.
    private final class Folder {
        let value: TemporaryFolder
        init() throws { value = try TemporaryFolder(in: "/tmp") }
    }

    init() throws { folder = try Folder() }

    /// Makes a clip of the sources of ffmpeg's `lavfi`; nil leaves a track out.
    private func clip(
        _ picture: String?, _ sound: String?, seconds: Double = 5, as name: String = "clip.webm"
    ) throws -> String {
        let path = "\(folder.value.path)/\(name)"
        let inputs = [picture, sound].compactMap { $0 }.flatMap { ["-f", "lavfi", "-i", $0] }
        let codecs = name.hasSuffix(".webm")
            ? ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
            : ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac"]
        let made = try ChildProcess.run(
            "ffmpeg", ["-nostdin", "-v", "error"] + inputs + ["-t", "\(seconds)"] + codecs + [path],
            limits: .init(seconds: 60, memory: 4 << 30, output: 1 << 10, file: 1 << 26))
        try #require(made.status == 0, "\(made.errors)")
        return path
    }

    private func cut(_ path: String, to part: Double) throws {
        let bytes = try File.read(path)
        try File.replace(path, with: Array(bytes.prefix(Int(Double(bytes.count) * part))))
    }

    @Test(arguments: ["clip.webm", "clip.mp4"]) func measuresWhatIsThere(name: String) throws {
        let clip = try Clip(measuring: try clip(Self.bright, "\(Self.tone),volume=0.5", as: name))
        let picture = try #require(clip.picture)
        let sound = try #require(clip.sound)
        #expect(clip.problems == [])
        #expect((4.9...5.2).contains(clip.durationSeconds))
        #expect([picture.width, picture.height] == [640, 360])
        #expect((24.5...25.5).contains(picture.framesPerSecond))
        #expect((0.3...0.7).contains(picture.brightness))
        // ffmpeg's sine has an amplitude of 1/8: -18 dB, here -24; its power is 3 dB less.
        #expect((-26 ... -20).contains(sound.peakDecibels))
        #expect((-28.5 ... -25.5).contains(sound.loudnessDecibels))
    }

    @Test(arguments: [
        ("black", ClipProblem.noPicture), ("0x060606", .dark), ("0x101010", .dark), ("0x303030", nil), ("white", nil),
    ]) func judgesTheLight(color: String, problem: ClipProblem?) throws {
        let clip = try Clip(measuring: try clip("color=\(color):size=320x180:rate=25", Self.tone))
        #expect(clip.problems == [problem].compactMap { $0 })
    }

    @Test(arguments: [
        ("anullsrc", ClipProblem.noSound), ("\(Self.tone),volume=-46dB", .noSound), ("\(Self.tone),volume=-30dB", .quiet),
        ("\(Self.tone),volume=-15dB", nil),
    ]) func judgesTheSound(source: String, problem: ClipProblem?) throws {
        let clip = try Clip(measuring: try clip(Self.bright, source))
        #expect(clip.problems == [problem].compactMap { $0 })
    }

    @Test func pausesDoNotCountAsQuiet() throws {
        // One second of sound in five.
        let clip = try Clip(measuring: try clip(Self.bright, "\(Self.tone),volume='if(lt(t,1),1,0)':eval=frame"))
        let sound = try #require(clip.sound)
        #expect((-23 ... -20).contains(sound.loudnessDecibels))
        #expect(clip.problems == [])
    }

    @Test func digitalSilenceIsMinus96Decibels() throws {
        let sound = try #require(try Clip(measuring: try clip(Self.bright, "anullsrc", as: "clip.mp4")).sound)
        #expect(sound.peakDecibels == -96)
        #expect(sound.loudnessDecibels == -96)
    }

    @Test func tellsThatAClipIsTooShort() throws {
        #expect(try Clip(measuring: try clip(Self.bright, Self.tone, seconds: 1)).problems == [.tooShort])
    }

    @Test func measuresNoMoreThanItMust() throws {
        let clip = try Clip(measuring: try clip("color=gray:size=64x36:rate=5", Self.tone, seconds: 20))
        #expect(clip.durationSeconds <= 12.5)
        #expect(clip.problems == [])
    }

    @Test func tellsWhichTrackIsMissing() throws {
        let heard = try Clip(measuring: try clip(nil, Self.tone, as: "heard.webm"))
        #expect(heard.picture == nil)
        #expect(heard.problems == [.noPicture])
        let seen = try Clip(measuring: try clip(Self.bright, nil, as: "seen.webm"))
        #expect(seen.sound == nil)
        #expect(seen.problems == [.noSound])
    }

    @Test func aClipThatWasCutHasWhatPrecedesTheCut() throws {
        let path = try clip(Self.bright, Self.tone)
        try cut(path, to: 0.3)
        let clip = try Clip(measuring: path)
        #expect(clip.problems == [.tooShort])
        #expect((0.5...2.9).contains(clip.durationSeconds))
    }

    @Test func aClipWithoutItsIndexIsUnreadable() throws {
        let path = try clip(Self.bright, Self.tone, as: "clip.mp4")
        try cut(path, to: 0.5)
        #expect(throws: Clip.Fault.unreadable) { try Clip(measuring: path) }
    }

    @Test(arguments: [
        [], Array("#!/bin/sh\necho not a recording\n".utf8),
        [0x1A, 0x45, 0xDF, 0xA3] + (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 7) },
        [0, 0, 0, 24] + Array("ftypisom".utf8) + Array(repeating: 0, count: 400),
        // What ffmpeg would follow, were it left to guess.
        Array("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n".utf8),
    ] as [[UInt8]]) func whatIsNoRecordingIsUnreadable(bytes: [UInt8]) throws {
        let path = "\(folder.value.path)/clip.webm"
        try File.replace(path, with: bytes)
        #expect(throws: Clip.Fault.unreadable) { try Clip(measuring: path) }
    }

    @Test func aMissingFileIsNotTheRecordingsFault() throws {
        #expect(
            throws: Clip.Fault.engineFailed(detail: "open \(folder.value.path)/none.webm: No such file or directory")
        ) { try Clip(measuring: "\(folder.value.path)/none.webm") }
    }
}
