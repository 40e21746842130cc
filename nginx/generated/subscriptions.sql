-- Generated from the functions' declarations by `make generate`. Do not edit.
DELETE FROM subscription;
INSERT INTO subscription (topic, function, path) VALUES
    ('blob.stored', 'RecordingStored', '/api/webhooks/storage'),
    ('device-check.expired', 'DiscardDeviceCheck', '/api/webhooks/device-checks'),
    ('interview.ready', 'MailReadyToReview', '/api/webhooks/mail/ready-to-review'),
    ('invitation.resent', 'MailInvitation', '/api/webhooks/mail/invitation'),
    ('invitation.sent', 'MailInvitation', '/api/webhooks/mail/invitation'),
    ('recording.discarded', 'DiscardRecording', '/api/webhooks/recordings'),
    ('response.recorded', 'TranscribeResponse', '/api/ai/transcribe'),
    ('response.transcribed', 'AnalyzeResponse', '/api/ai/analyze-video'),
    ('upload.expired', 'DiscardUpload', '/api/webhooks/uploads'),
    ('webhook.switched-off', 'MailWebhookSwitchedOff', '/api/webhooks/mail/webhook-switched-off');
