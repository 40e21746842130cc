public import Documents

/// Reads resumes by rules, on this machine and without a model.
public struct OfflineResumeReader: ResumeReader {
    static let engine = "rules"
    static let version = "1"

    /// What "present" and "seit 2020" run to.
    let today: Month

    public init(today: Month) { self.today = today }

    public func read(_ document: DocumentText) -> ResumeReading {
        ResumeReading(
            resume: Resume(), evidence: [], flags: [], engine: Self.engine, version: Self.version, dropped: 0, origin: nil)
    }
}
