-- Generated from the functions' declarations by `make generate`. Do not edit.
DELETE FROM subscription;
INSERT INTO subscription (topic, function, path) VALUES
    ('blob.stored', 'RecordingStored', '/api/webhooks/storage');
