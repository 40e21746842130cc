/// The API's areas as its reference names them. An area is a folder of `Functions`.
enum Areas {
    struct Area {
        let folder: String
        let title: String
        let text: String
    }

    /// In the order in which somebody who integrates meets them. Folders without an entry come last,
    /// under their own names.
    static let all = [
        Area(folder: "Accounts", title: "Accounts", text: "Who may sign in, and signing in and out."),
        Area(folder: "Assessments", title: "Assessments", text: "What is asked: questions, competencies, rubrics."),
        Area(folder: "Candidates", title: "Candidates", text: "The people who are asked."),
        Area(folder: "Resumes", title: "Resumes", text: "What candidates’ documents say, and what to ask about it."),
        Area(
            folder: "AsyncInterviews", title: "Video interviews",
            text: "An assessment for a candidate, from the invitation to the decision."),
        Area(folder: "Engines", title: "Engines", text: "Which engines transcribe and read answers, and what they cost."),
        Area(
            folder: "LiveInterviews", title: "Live interviews",
            text: "Meetings of a candidate and interviewers at a time, from scheduling to scoring."),
        Area(folder: "Analytics", title: "Analytics", text: "What became of the interviews of a period."),
        Area(folder: "Webhooks", title: "Webhooks", text: "Where Parley tells your own systems what happened."),
        Area(folder: "Candidate", title: "The candidate’s side", text: "What the page behind an invitation’s link calls."),
        Area(folder: "Recordings", title: "Uploads", text: "Resumable uploads as tus 1.0 has them: https://tus.io"),
        Area(folder: "StorageEvents", title: "Blob stores", text: "Where a blob store’s provider tells of new objects."),
        Area(folder: "Storage", title: "Storage", text: "How much room recordings and resumes take, and sweeps of the store."),
        Area(folder: "Operations", title: "Operations", text: "For whoever runs this installation."),
        Area(folder: "Pipeline", title: "Internal: the pipeline", text: "Signed events that Parley sends to itself."),
        Area(folder: "Mail", title: "Internal: mail", text: "Signed events that Parley sends to itself."),
    ]

    /// The areas of these folders, in order.
    static func ordered(_ folders: Set<String>) -> [Area] {
        let known = all.filter { folders.contains($0.folder) }
        let others = folders.subtracting(known.map(\.folder)).sorted()
        return known + others.map { Area(folder: $0, title: $0, text: "") }
    }
}
