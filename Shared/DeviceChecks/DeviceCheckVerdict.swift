public import Endpoint
import Media

/// What a device check shows.
public struct DeviceCheckVerdict: Codable, Sendable {
    let durationSeconds: Double
    let video: Clip.Picture?
    let audio: Clip.Sound?
    /// Empty when all is well.
    let problems: [ClipProblem]
}

extension DeviceCheckVerdict {
    /// - Throws: `UNAVAILABLE` when the file could not be looked at for no fault of its own.
    public init(measuring path: String) throws(Failure) {
        do throws(Clip.Fault) {
            let clip = try Clip(measuring: path)
            self.init(
                durationSeconds: clip.durationSeconds, video: clip.picture, audio: clip.sound, problems: clip.problems)
        } catch .unreadable {
            self.init(durationSeconds: 0, video: nil, audio: nil, problems: [.unreadable])
        } catch {
            throw .unavailable("The test could not be looked at. Please try again.", cause: "\(error)")
        }
    }
}
