// swift-tools-version: 6.2
import PackageDescription

// What a function may use beyond `Endpoint`. The list after a function's name
// reads as its list of privileges.
extension Target.Dependency {
    static let accounts: Self = "Accounts"
    static let analysis: Self = "Analysis"
    static let analytics: Self = "Analytics"
    static let answerRecords: Self = "AnswerRecords"
    static let assessments: Self = "Assessments"
    static let candidates: Self = "Candidates"
    static let changes: Self = "Changes"
    static let correspondence: Self = "Correspondence"
    static let crypto: Self = "Crypto"
    static let csv: Self = "CSV"
    static let deletion: Self = "Deletion"
    static let delivery: Self = "Delivery"
    static let deviceChecks: Self = "DeviceChecks"
    static let documents: Self = "Documents"
    static let events: Self = "Events"
    static let extraction: Self = "Extraction"
    static let generation: Self = "Generation"
    static let identity: Self = "Identity"
    static let interviews: Self = "Interviews"
    static let json: Self = "JSON"
    static let liveInterviews: Self = "LiveInterviews"
    static let mail: Self = "Mail"
    static let objectStores: Self = "ObjectStores"
    static let models: Self = "Models"
    static let posix: Self = "POSIX"
    static let postgres: Self = "Postgres"
    static let report: Self = "Report"
    static let resumeRecords: Self = "ResumeRecords"
    static let resumes: Self = "Resumes"
    static let speech: Self = "Speech"
    static let statistics: Self = "Statistics"
    static let storage: Self = "Storage"
    static let storageEvents: Self = "StorageEvents"
    static let storedObjects: Self = "StoredObjects"
    static let sweeping: Self = "Sweeping"
    static let webhooks: Self = "Webhooks"
}

// One executable per line: Functions/<Area>/<Name>.swift.
let functions: [Target] = [
    function("Accounts", "ChangeAccount", .accounts, .identity, .postgres),
    function("Accounts", "InviteAccount", .accounts, .identity, .postgres),
    function("Accounts", "ListAccounts", .identity, .postgres),
    function("Accounts", "ListAllAccounts", .accounts, .identity, .postgres),
    function("Accounts", "ListEvaluators", .identity, .interviews, .postgres),
    function("Accounts", "Profile", .identity),
    function("Accounts", "SendPasswordLink", .accounts, .identity, .postgres),
    function("Accounts", "SetPassword", .accounts, .crypto, .identity, .postgres),
    function("Accounts", "ShowPasswordLink", .accounts, .postgres),
    function("Accounts", "SignIn", .crypto, .identity, .postgres),
    function("Accounts", "SignOut", .identity, .postgres),

    function("Assessments", "ActivateAssessment", .assessments, .identity, .postgres),
    function("Assessments", "AnalyzeAssessment", .events, .identity, .json, .postgres),
    function("Assessments", "ArchiveAssessment", .assessments, .identity, .postgres),
    function("Assessments", "CancelAnalysisBatch", .answerRecords, .identity, .postgres),
    function("Assessments", "CreateAssessment", .assessments, .identity, .postgres),
    function("Assessments", "DuplicateAssessment", .assessments, .identity, .postgres),
    function("Assessments", "LintAssessment", .assessments, .identity, .postgres),
    function("Assessments", "ListAnswers", .identity, .interviews, .postgres),
    function("Assessments", "ListAssessments", .assessments, .identity, .postgres),
    function("Assessments", "ListCompetencies", .identity, .postgres),
    function("Assessments", "ShowAgreement", .identity, .interviews, .postgres),
    function("Assessments", "ShowAssessment", .assessments, .identity, .postgres),
    function("Assessments", "ShowAssessmentAnalyses", .assessments, .identity),
    function("Assessments", "UpdateAssessment", .assessments, .identity, .postgres),

    function("AsyncInterviews", "AnalyzeHeldResponse", .events, .identity, .json, .postgres),
    function("AsyncInterviews", "AnalyzeInterview", .events, .identity, .interviews, .json, .postgres),
    function("AsyncInterviews", "AssignReviewers", .identity, .interviews, .postgres),
    function("AsyncInterviews", "CancelInterview", .changes, .identity, .postgres),
    function("AsyncInterviews", "ChangeInterviews", .changes, .identity, .interviews, .postgres),
    function("AsyncInterviews", "CreateInterview", .identity, .interviews, .postgres),
    function("AsyncInterviews", "DecideInterview", .events, .identity, .interviews, .json, .postgres),
    function("AsyncInterviews", "ExportInterviews", .csv, .identity, .interviews, .postgres),
    function("AsyncInterviews", "JudgeProctorEvents", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ListAnalyses", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ListInterviews", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ListMails", .correspondence, .identity, .interviews, .postgres),
    function("AsyncInterviews", "MoveDeadline", .changes, .identity, .postgres),
    function("AsyncInterviews", "PreviewInterview", .identity, .interviews, .mail, .postgres),
    function("AsyncInterviews", "PreviewMail", .correspondence, .identity, .mail, .postgres),
    function("AsyncInterviews", "ResendInvitation", .changes, .identity, .postgres),
    function("AsyncInterviews", "RestoreInterview", .changes, .identity, .postgres),
    function("AsyncInterviews", "ScoreResponse", .identity, .interviews, .postgres),
    function("AsyncInterviews", "SetAccommodations", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ShowAccommodations", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ShowCaptions", .identity, .postgres, .speech),
    function("AsyncInterviews", "ShowProctorReport", .identity, .interviews, .postgres),
    function("AsyncInterviews", "ShowReport", .identity, .interviews, .postgres, .report),
    function("AsyncInterviews", "ShowInterview", .identity, .interviews, .json, .postgres, .storage),
    function("AsyncInterviews", "SendInvitation", .changes, .identity, .interviews, .postgres),
    function("AsyncInterviews", "UpdateInterview", .identity, .interviews, .postgres),

    function("Candidate", "AbandonUpload", .events, .identity, .json, .postgres, .storage),
    function("Candidate", "BeginDeviceCheck", .deviceChecks, .identity, .objectStores, .postgres, .storage),
    function("Candidate", "BeginTake", .identity, .interviews, .postgres),
    function("Candidate", "CompleteUpload", .identity, .objectStores, .postgres, .storage, .storedObjects),
    function("Candidate", "CreateUpload", .identity, .interviews, .objectStores, .postgres, .storage, .storedObjects),
    function("Candidate", "EndTake", .identity, .interviews, .postgres),
    function("Candidate", "FinishDeviceCheck", .deviceChecks, .identity, .postgres, .storage, .storedObjects),
    function("Candidate", "GiveConsent", .identity, .interviews, .json, .postgres),
    function("Candidate", "GrantPart", .identity, .objectStores, .postgres, .storage),
    function("Candidate", "NotePart", .identity, .postgres, .storage),
    function("Candidate", "OpenInterview", .identity, .interviews, .postgres),
    function("Candidate", "OpenQuestion", .identity, .interviews, .postgres, .storage),
    function("Candidate", "ReportProctorEvent", .identity, .interviews, .postgres),
    function("Candidate", "ReportProctorEvents", .identity, .interviews, .postgres),
    function("Candidate", "SaveDraft", .identity, .interviews, .postgres),
    function("Candidate", "SaveResponse", .identity, .interviews, .postgres, .storage, .storedObjects),
    function("Candidate", "SaveTextResponse", .identity, .interviews, .postgres),
    function("Candidate", "ShowConsent", .identity, .interviews, .postgres),
    function("Candidate", "ShowParts", .identity, .objectStores, .postgres, .storage, .storedObjects),
    function("Candidate", "StartInterview", .identity, .interviews, .postgres),
    function("Candidate", "SubmitInterview", .events, .identity, .interviews, .json, .postgres),
    function("Candidate", "UploadURL", .identity, .interviews, .objectStores, .postgres, .storage),

    function("Candidates", "AddCandidateNote", .candidates, .identity, .postgres),
    function("Candidates", "CreateCandidate", .candidates, .identity, .json, .postgres),
    function("Candidates", "ExportCandidates", .candidates, .csv, .identity, .postgres),
    function("Candidates", "ImportCandidates", .candidates, .identity, .postgres),
    function("Candidates", "ListCandidates", .candidates, .identity, .postgres),
    function("Candidates", "RemoveCandidateNote", .identity, .postgres),
    function("Candidates", "ShowCandidate", .candidates, .identity),
    function("Candidates", "UpdateCandidate", .candidates, .identity, .interviews, .postgres),

    function("Analytics", "ExportAnalytics", .analytics, .csv, .identity, .postgres),
    function("Analytics", "ShowAnalytics", .analytics, .identity, .postgres),

    function("Dashboard", "ShowDashboard", .identity, .interviews, .postgres),

    function("Deletion", "ApplyRetention", .deletion, .events, .postgres),
    function("Deletion", "DeleteInterview", .deletion, .identity, .postgres),
    function("Deletion", "DeleteLiveInterview", .deletion, .identity, .postgres),
    function("Deletion", "DeletePerson", .deletion, .identity, .postgres),
    function("Deletion", "DeleteRecording", .deletion, .identity, .postgres),
    function("Deletion", "EraseObjects", .events, .postgres, .storedObjects),
    function("Deletion", "ListDeletions", .deletion, .identity, .postgres),
    function("Deletion", "PreviewDeletion", .deletion, .identity, .postgres),
    function("Deletion", "SaveRetention", .deletion, .identity, .postgres),
    function("Deletion", "ShowDeletion", .deletion, .identity, .postgres),
    function("Deletion", "ShowRetention", .deletion, .identity, .postgres),

    function("Resumes", "AddResumeQuestion", .identity, .postgres, .resumeRecords),
    function("Resumes", "AnalyzeResume", .documents, .identity, .models, .postgres, .resumeRecords, .storage, .storedObjects),
    function("Resumes", "AnalyzeResumeAgain", .documents, .events, .identity, .json, .models, .postgres, .resumeRecords),
    function("Resumes", "CorrectResume", .identity, .json, .postgres, .resumeRecords),
    function("Resumes", "DiscardResume", .events, .storedObjects),
    function("Resumes", "GenerateQuestions", .identity, .models, .postgres, .resumeRecords),
    function("Resumes", "ListResumeVersions", .identity, .postgres, .resumeRecords),
    function("Resumes", "OpenResumeFile", .identity, .postgres, .resumeRecords, .storage),
    function("Resumes", "ReadReceivedResume", .documents, .events, .json, .models, .resumeRecords, .resumes, .storedObjects),
    function("Resumes", "RemoveResumeVersion", .identity, .postgres, .resumeRecords),
    function("Resumes", "ShowResume", .identity, .postgres, .resumeRecords),
    function("LiveInterviews", "CancelLiveInterview", .identity, .interviews, .liveInterviews, .postgres),
    function("LiveInterviews", "ChangeLiveInterview", .identity, .interviews, .liveInterviews, .postgres),
    function("LiveInterviews", "CloseLiveInterview", .identity, .interviews, .liveInterviews, .postgres),
    function("LiveInterviews", "FindConflicts", .identity, .json, .liveInterviews, .postgres),
    function("LiveInterviews", "ListLiveInterviews", .identity, .liveInterviews, .postgres),
    function("LiveInterviews", "PreviewLiveMail", .correspondence, .identity, .liveInterviews, .mail, .postgres),
    function("LiveInterviews", "ScheduleLiveInterview", .identity, .liveInterviews, .postgres),
    function("LiveInterviews", "ScoreLiveInterview", .identity, .liveInterviews, .postgres),
    function("LiveInterviews", "ShowLiveInterview", .identity, .liveInterviews, .postgres),

    function("Recordings", "AppendPart", .posix, .postgres, .storage),
    function("Recordings", "AuthorizePart", .storage),
    function("Recordings", "AuthorizeUpload", .storage),
    function("Recordings", "DescribeUploads", .crypto, .storage),
    function("Recordings", "DiscardDeviceCheck", .events, .postgres, .storedObjects),
    function("Recordings", "DiscardRecording", .events, .postgres, .storedObjects),
    function("Recordings", "DiscardUpload", .events, .postgres, .storedObjects),
    function("Recordings", "ShowUpload", .postgres, .storage),
    function("Recordings", "StoreRecording", .posix, .postgres, .storage),
    function("Recordings", "TerminateUpload", .postgres, .storage),

    function("Engines", "SaveEngineSettings", .identity, .models, .postgres),
    function("Engines", "ShowEngineSettings", .identity, .models, .postgres),
    function("Engines", "ShowEngineUsage", .identity, .models, .postgres),

    function("Mail", "MailCancelled", .correspondence, .events),
    function("Mail", "MailDeadlineChanged", .correspondence, .events),
    function("Mail", "MailEngineStopped", .events, .identity, .mail, .models, .postgres),
    function("Mail", "MailInvitation", .correspondence, .events),
    function("Mail", "MailLiveInterview", .correspondence, .events, .liveInterviews),
    function("Mail", "MailPasswordLink", .accounts, .events, .identity, .mail, .postgres),
    function("Mail", "MailReadyToReview", .correspondence, .events),
    function("Mail", "MailReceipt", .correspondence, .events),
    function("Mail", "MailReminder", .correspondence, .events),
    function("Mail", "MailReviewAsked", .correspondence, .events),
    function("Mail", "MailReviewReady", .correspondence, .events),
    function("Mail", "MailWebhookSwitchedOff", .events, .identity, .mail, .postgres),
    function("Mail", "NoteMailReport", .correspondence, .postgres),

    function("Pipeline", "AnalyzeResponse", .analysis, .answerRecords, .events, .interviews, .json, .models, .postgres),
    function("Pipeline", "CollectAnalysisBatch", .answerRecords, .events, .models, .postgres),
    function("Pipeline", "RecordingStored", .events, .identity, .objectStores, .postgres, .storage, .storedObjects),
    function("Pipeline", "SendAnalysisBatch", .analysis, .answerRecords, .events, .models, .postgres),
    function("Pipeline", "TranscribeResponse", .answerRecords, .events, .json, .models, .postgres, .speech, .storedObjects),

    function("Schedule", "ExpireInterview", .events, .json, .postgres),
    function("Schedule", "ScheduleDeadline", .events, .postgres),

    function("Operations", "AddOrganization", .crypto, .json, .posix, .postgres),
    function("Operations", "CheckProviders", .models, .posix),
    function("Operations", "Courier", .delivery, .posix),
    function("Operations", "DeadLetters", .json, .posix, .postgres),
    function("Operations", "Generate", .generation, .json, .posix),
    function("Operations", "Health", .postgres, .storage, .storedObjects),
    function("Operations", "MeasureSpeech", .json, .speech),
    function("Operations", "Migrate", .posix, .postgres),
    function("Operations", "Presign", .json, .objectStores, .storage),
    function("Operations", "ProveConsent", .json, .posix, .postgres),
    function("Operations", "Quotas", .json, .posix, .postgres, .storage),
    function("Operations", "ReadBounce", .identity, .mail, .posix, .postgres),
    function("Operations", "ReadDocument", .documents, .extraction, .json, .posix),
    function("Operations", "ReadResume", .documents, .json, .posix, .resumes),
    function("Operations", "ShowStorageEvents", .json, .postgres, .storageEvents),
    function("Operations", "SignRequest", .json, .objectStores, .storage),
    function("Operations", "SweepStore", .json, .posix, .postgres, .storedObjects, .sweeping),
    function("Operations", "VerifyDeletions", .json, .postgres),

    function("Storage", "ShowStorage", .identity, .postgres, .storage),
    function("Storage", "SweepOrganization", .events, .storedObjects, .sweeping),

    function("StorageEvents", "AllowAzureEvents", .storageEvents),
    function("StorageEvents", "ReceiveAzureEvent", .storageEvents),
    function("StorageEvents", "ReceiveS3Event", .storageEvents),
    function("StorageEvents", "ReceiveVercelEvent", .storageEvents),

    function("Webhooks", "CreateWebhookEndpoint", .identity, .postgres, .webhooks),
    function("Webhooks", "DeleteWebhookEndpoint", .identity, .postgres, .webhooks),
    function("Webhooks", "ListWebhookDeliveries", .identity, .postgres, .webhooks),
    function("Webhooks", "ListWebhookEndpoints", .identity, .postgres, .webhooks),
    function("Webhooks", "ReplayWebhookDelivery", .identity, .postgres, .webhooks),
    function("Webhooks", "RotateWebhookSecret", .identity, .postgres, .webhooks),
    function("Webhooks", "ShowWebhookEndpoint", .identity, .postgres, .webhooks),
    function("Webhooks", "TestWebhookEndpoint", .identity, .postgres, .webhooks),
    function("Webhooks", "UpdateWebhookEndpoint", .identity, .postgres, .webhooks),
]

let package = Package(
    name: "parley",
    targets: functions + [
        library("CConfinement", header: "libseccomp-dev", pkgConfig: "libseccomp"),
        library("CCurl", header: "libcurl4-openssl-dev", pkgConfig: "libcurl"),
        library("CExpat", header: "libexpat1-dev", pkgConfig: "expat"),
        library("CFastCGI", header: "libfcgi-dev"),
        library("CMinizip", header: "libminizip-dev", pkgConfig: "minizip"),
        library("CPOSIX", header: "libc6-dev"),
        library("CPango", header: "libpango1.0-dev", pkgConfig: "pangocairo"),
        library("COpenSSL", header: "libssl-dev", pkgConfig: "libcrypto"),
        library("CPostgres", header: "libpq-dev", pkgConfig: "libpq"),
        library("CUTF8Proc", header: "libutf8proc-dev"),

        shared("JSON"),
        shared("POSIX", "CPOSIX"),
        shared("Validation", "JSON", "POSIX"),
        shared("FastCGI", "CFastCGI"),
        shared("Endpoint", "FastCGI", "JSON", "POSIX", "Validation"),
        shared("Postgres", "CPostgres", "Endpoint", "JSON", "POSIX", "Validation"),
        shared("Crypto", "COpenSSL"),
        shared("Generation", "JSON", "POSIX", "Validation", "Webhooks"),
        shared("Network", "CCurl"),
        shared("Identity", "Crypto", "Endpoint", "Postgres", "Validation"),
        shared("Events", "Crypto", "Endpoint", "Identity", "JSON", "Postgres", "Validation"),
        shared("Accounts", "Crypto", "Endpoint", "Events", "Identity", "JSON", "Postgres", "Validation"),
        shared("Delivery", "Endpoint", "Events", "JSON", "Network", "POSIX", "Postgres", "Validation", "Webhooks"),
        shared("Interviews", "Endpoint", "Identity", "JSON", "Postgres", "Statistics", "Storage", "Validation"),
        shared("LiveInterviews", "Endpoint", "Events", "Interviews", "JSON", "Postgres", "Validation"),
        shared("Analytics", "Endpoint", "Postgres", "Validation"),
        shared("Report", "CPango", "Interviews", "JSON", "Validation"),
        shared("Changes", "Endpoint", "Events", "Interviews", "JSON", "Postgres", "Validation"),
        shared("Assessments", "Endpoint", "Interviews", "JSON", "Postgres", "Validation"),
        shared("CSV"),
        shared("Deletion", "Endpoint", "Postgres", "Validation"),
        shared("DeviceChecks", "Endpoint", "JSON", "Media", "ObjectStores", "Postgres", "Storage", "Validation"),
        shared("Candidates", "CSV", "Endpoint", "Interviews", "JSON", "Postgres", "Validation"),
        shared("ObjectStores", "Crypto", "JSON", "Validation"),
        shared("Resumes", "Analysis", "Assessments", "Documents", "JSON", "Models", "Validation"),
        shared("Storage", "Crypto", "Endpoint", "Identity", "JSON", "ObjectStores", "POSIX", "Postgres", "Validation"),
        shared(
            "StorageEvents", "Crypto", "Endpoint", "Events", "Identity", "JSON", "Network", "ObjectStores", "POSIX", "Postgres",
            "Storage", "StoredObjects", "Validation"),
        shared("StoredObjects", "Endpoint", "Network", "ObjectStores", "POSIX", "Postgres", "Storage", "Validation"),
        shared("Sweeping", "Endpoint", "JSON", "ObjectStores", "POSIX", "Postgres", "StoredObjects", "Validation"),
        shared("Media", "POSIX", "Validation"),
        shared("Documents", "JSON", "POSIX", "Validation"),
        shared("Extraction", "CConfinement", "CExpat", "CMinizip", "Documents", "POSIX"),
        shared("Speech", "Media", "POSIX"),
        shared(
            "Models", "Crypto", "Endpoint", "Events", "JSON", "Network", "POSIX", "Postgres", "Speech", "Validation"),
        shared("Analysis", "CUTF8Proc", "JSON", "Models", "Speech"),
        shared(
            "AnswerRecords", "Analysis", "Crypto", "Endpoint", "Events", "Interviews", "JSON", "Models", "Postgres", "Speech",
            "Validation"),
        shared(
            "ResumeRecords", "Crypto", "Documents", "Endpoint", "Events", "Interviews", "JSON", "Models", "POSIX", "Postgres", "Resumes",
            "Validation"),
        shared("Statistics"),
        shared("Mail", "Crypto", "Endpoint", "Identity", "JSON", "Network", "Validation"),
        shared("Correspondence", "Crypto", "Endpoint", "Events", "Identity", "LiveInterviews", "Mail", "Postgres", "Validation"),
        shared("Webhooks", "Crypto", "Endpoint", "Identity", "JSON", "Network", "Postgres", "Validation"),

        .target(name: "TestKit", path: "Tests/TestKit"),
        .executableTarget(
            name: "GrantAlone", dependencies: ["Endpoint", "Identity", "Interviews", "Postgres", "Storage", "Validation"],
            path: "Tests/GrantAlone"),
        .target(name: "Labelled", dependencies: ["Analysis", "JSON", "POSIX", "Speech"], path: "Tests/Labelled"),
        .executableTarget(
            name: "MeasureAnalysis", dependencies: ["Analysis", "Labelled", "POSIX", "Speech"], path: "Tests/MeasureAnalysis"),
        tests("Analysis", "JSON", "Labelled", "Models", "Speech"),
        tests("Assessments", "Endpoint", "Interviews", "JSON", "Validation"),
        tests("CSV"),
        tests("Candidates", "Validation"),
        tests("Crypto"),
        .testTarget(
            name: "FunctionTests", dependencies: ["Endpoint", "Generation", "JSON", "POSIX", "Postgres"],
            path: "Tests/FunctionTests"),
        tests("Delivery", "Network"),
        tests(
            "Documents", "Extraction", "JSON", "POSIX", "ReadDocument", "Validation",
            exclude: ["Corpus", "bombs.py", "corpus.py", "requirements.txt"]),
        tests("Endpoint", "JSON", "POSIX", "Validation"),
        tests("Generation", "JSON"),
        tests("JSON"),
        tests("LiveInterviews", "Endpoint", "Interviews", "JSON", "Validation"),
        tests("Network", "TestKit"),
        tests("Mail", "Network", "TestKit"),
        tests("Media", "POSIX"),
        tests("Models", "JSON", "Network", "Speech", "TestKit", "Validation"),
        tests("POSIX"),
        tests("Postgres", "Endpoint", "JSON", "POSIX", "Validation"),
        tests("ObjectStores", "Crypto", "JSON", "Validation"),
        tests("Report", "Validation"),
        tests("Resumes", "Assessments", "Documents", "JSON", "Models", "TestKit", "Validation"),
        tests("Speech", "POSIX"),
        tests("Statistics", "POSIX", exclude: ["reference.json", "reference.py", "requirements.txt"]),
        tests("StorageEvents", "Crypto", "Endpoint", "JSON", "ObjectStores", "POSIX"),
        tests("Sweeping", "Validation"),
        tests("Validation", "JSON"),
        tests("Webhooks", "JSON", "Validation"),
    ],
    swiftLanguageModes: [.v6]
)

// Functions of one area share a folder; SwiftPM wants to hear of each file in it.
for target in functions {
    target.exclude = functions.filter { $0.path == target.path && $0.name != target.name }.map { "\($0.name).swift" }
}

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("MemberImportVisibility"),
    ]
}

func function(_ area: String, _ name: String, _ uses: Target.Dependency...) -> Target {
    .executableTarget(
        name: name, dependencies: ["Endpoint", "Validation"] + uses,
        path: "Functions/\(area)", sources: ["\(name).swift"])
}

func shared(_ name: String, _ imports: Target.Dependency...) -> Target {
    .target(name: name, dependencies: imports, path: "Shared/\(name)")
}

func library(_ name: String, header package: String, pkgConfig: String? = nil) -> Target {
    .systemLibrary(
        name: name, path: "Shared/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}

func tests(_ name: String, _ imports: Target.Dependency..., exclude: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests", dependencies: [.byName(name: name)] + imports, path: "Tests/\(name)Tests",
        exclude: exclude)
}
