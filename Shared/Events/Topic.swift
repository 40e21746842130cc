public import JSON
public import Postgres

/// The kinds of events that functions tell each other.
public enum Topic: String, Sendable, CaseIterable {
    /// A recruiter sent an interview: {interviewId}.
    case invitationSent = "invitation.sent"
    /// A recruiter had an invitation sent once more: {interviewId}.
    case invitationResent = "invitation.resent"
    /// A recruiter moved an interview's deadline: {interviewId, previousDeadlineAt}.
    case deadlineChanged = "deadline.changed"
    /// A recruiter withdrew an interview that was sent: {interviewId}. Delivered when it is too late
    /// for a quick undo, after which the interview is not cancelled any more.
    case interviewCancelled = "interview.cancelled"
    /// A candidate opened the invitation for the first time: {interviewId}.
    case interviewOpened = "interview.opened"
    /// The blob store has an object: {key, size, contentType}.
    case blobStored = "blob.stored"
    /// A resumable upload's address has stopped working: {key}.
    case uploadExpired = "upload.expired"
    /// A device check's recording can no longer be uploaded: {checkId}.
    case deviceCheckExpired = "device-check.expired"
    /// It is time to compare an organisation's objects in the store with what is known of them: {planId}.
    case sweepDue = "store.sweep-due"
    /// What was recorded is not needed, since the candidate recorded again: {key}.
    case recordingDiscarded = "recording.discarded"
    /// A candidate's answer is chosen and its recording is stored: {videoResponseId}.
    case responseRecorded = "response.recorded"
    /// An answer's transcript is there, or cannot be made: {videoResponseId}.
    case responseTranscribed = "response.transcribed"
    /// A recruiter wants an answer analysed once more: {videoResponseId, requestId}.
    case analysisRequested = "analysis.requested"
    /// A recruiter wants an assessment's answers analysed once more, all together: {batchId}.
    case analysisBatchRequested = "analysis.batch-requested"
    /// It is time to see how far a provider is with a batch: {batchId}.
    case analysisBatchDue = "analysis.batch-due"
    /// A transcription, an analysis or a reading of a résumé has waited for its engine long enough, and the offline
    /// engine should do it: the input of the function that waits.
    case transcriptionOverdue = "transcription.overdue"
    case ratingOverdue = "rating.overdue"
    case resumeOverdue = "resume.overdue"
    /// A resume's version waits for an engine that takes its time: {resumeId}.
    case resumeReceived = "resume.received"
    /// A resume's version is gone, and its file is to go: {key}.
    case resumeRemoved = "resume.removed"
    /// A candidate submitted all answers: {interviewId}.
    case interviewSubmitted = "interview.submitted"
    /// A submitted interview's answers all have insights: {interviewId}.
    case interviewReady = "interview.ready"
    /// A reviewer has scored every answer of an interview: {interviewId, reviewerId}.
    case interviewScored = "interview.scored"
    /// An interview was decided: {interviewId, recommendation}.
    case interviewDecided = "interview.decided"
    /// It is time to remind a candidate of a deadline, as it was planned: {interviewId, deadlineAt, planId}.
    case reminderDue = "interview.reminder-due"
    /// A deadline has passed, as it was planned: {interviewId, deadlineAt, planId}.
    case deadlinePassed = "interview.deadline-passed"
    /// An interview's deadline passed without submission: {interviewId}.
    case interviewExpired = "interview.expired"
    /// A live interview was scheduled, moved or cancelled, for each of its people:
    /// {liveInterviewId, kind, sequence, accountId (null for the candidate), previouslyAt}.
    case liveInterviewChanged = "live-interview.changed"
    /// Somebody was asked to review an interview: {interviewId, accountId}. Delivered when it is too late
    /// for a quick undo, after which they are not asked any more.
    case reviewAsked = "review.asked"
    /// There is something to review for somebody who was asked before: {interviewId, accountId}.
    case reviewReady = "review.ready"
    /// There is a new link to choose an account's password: {linkId}.
    case passwordLinkMade = "password-link.made"
    /// A courier switched an organisation's endpoint off, for each administrator: {endpointId, accountId}.
    case webhookSwitchedOff = "webhook.switched-off"
    /// Something was deleted, and what the blob store holds of it is to go: {deletionId}.
    case deletionPlanned = "deletion.planned"
    /// It is time to delete what an organisation has kept long enough: {version} of its setting.
    case retentionDue = "retention.due"
    /// A provider of engines is of no use until a person acts, for each administrator who chose it: {provider, accountId}.
    case engineStopped = "engine.stopped"
}

extension Transaction {
    /// Tells of something, in the same transaction as the change it tells of.
    public func emit(_ topic: Topic, _ data: JSON) { queue("SELECT emit(\(topic.rawValue), \(data))") }
}
