public import Documents
public import Models

/// Reads a resume.
public protocol ResumeReader {
    /// - Throws: only what a model's failure is; the rules never fail, and find nothing in what is no resume.
    func read(_ document: DocumentText) throws(ModelFailure) -> ResumeReading
}
