-- Generated from the functions' declarations by `make generate`. Do not edit.
DELETE FROM subscription;
INSERT INTO subscription (topic, function, path) VALUES
    ('blob.stored', 'RecordingStored', '/api/webhooks/storage'),
    ('deadline.changed', 'MailDeadlineChanged', '/api/webhooks/mail/deadline-changed'),
    ('deadline.changed', 'ScheduleDeadline', '/api/webhooks/deadlines/schedule'),
    ('device-check.expired', 'DiscardDeviceCheck', '/api/webhooks/device-checks'),
    ('interview.cancelled', 'MailCancelled', '/api/webhooks/mail/cancelled'),
    ('interview.deadline-passed', 'ExpireInterview', '/api/webhooks/deadlines/passed'),
    ('interview.ready', 'MailReadyToReview', '/api/webhooks/mail/ready-to-review'),
    ('interview.reminder-due', 'MailReminder', '/api/webhooks/mail/reminder'),
    ('interview.submitted', 'MailReceipt', '/api/webhooks/mail/receipt'),
    ('invitation.resent', 'MailInvitation', '/api/webhooks/mail/invitation'),
    ('invitation.sent', 'MailInvitation', '/api/webhooks/mail/invitation'),
    ('invitation.sent', 'ScheduleDeadline', '/api/webhooks/deadlines/schedule'),
    ('live-interview.changed', 'MailLiveInterview', '/api/webhooks/mail/live-interview'),
    ('recording.discarded', 'DiscardRecording', '/api/webhooks/recordings'),
    ('response.recorded', 'TranscribeResponse', '/api/ai/transcribe'),
    ('response.transcribed', 'AnalyzeResponse', '/api/ai/analyze-video'),
    ('upload.expired', 'DiscardUpload', '/api/webhooks/uploads'),
    ('webhook.switched-off', 'MailWebhookSwitchedOff', '/api/webhooks/mail/webhook-switched-off');
