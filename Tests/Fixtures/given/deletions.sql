-- What was deleted: an interview whose objects are gone and whose record is sealed, one of which one is left, and another organisation's.

INSERT INTO deletion (id, organization_id, scope, subject_id, cause, account_id, counts, requested_at, completed_at)
SELECT d.id::uuid, d.organization::uuid, 'INTERVIEW', d.subject::uuid, 'REQUEST', d.account::uuid, jsonb_build_object(
    'interviews', 1, 'liveInterviews', 0, 'answers', 2, 'recordings', 2, 'transcripts', 2, 'analyses', 2, 'scores', 2, 'decisions', 1,
    'monitoringEvents', 0, 'consents', 4, 'mails', 3, 'notes', 0, 'resumes', 0, 'bytes', 16180), d.requested_at, d.completed_at
FROM (VALUES
    ('01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000161', '01990000-0000-7000-8000-000000000011', now() - interval '2 days', now() - interval '1 day'),
    ('01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000162', '01990000-0000-7000-8000-000000000011', now() - interval '1 hour', NULL),
    ('01990000-0000-7000-8000-0000000000f9', '01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-000000000169', '01990000-0000-7000-8000-000000000012', now() - interval '1 hour', NULL))
    AS d (id, organization, subject, account, requested_at, completed_at);

INSERT INTO deleted_object (organization_id, deletion_id, key, size_bytes, storable_until, attempts, gone_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000161/01990000-0000-7000-8000-000000000181.webm', 8090, now() - interval '2 days', 1, now() - interval '1 day'),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000162/01990000-0000-7000-8000-000000000182.webm', 8090, now() - interval '1 hour', 0, NULL),
    ('01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-0000000000f9', '01990000-0000-7000-8000-00000000000b/01990000-0000-7000-8000-000000000169/01990000-0000-7000-8000-000000000189.webm', 8090, now() - interval '1 hour', 0, NULL);

SELECT seal_deletion(d) FROM deletion d WHERE completed_at IS NOT NULL;
