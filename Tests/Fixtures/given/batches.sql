-- The answer that analyses.sql tells of is wanted again: by a batch that waits, by one that a provider has, and by one
-- that has ended: needs interviews.sql, transcript.sql and analyses.sql.

INSERT INTO analysis_batch (
    id, organization_id, assessment_id, account_id, state, provider, model, provider_batch_id, created_at, sent_at, ended_at) VALUES
    ('01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031',
     '01990000-0000-7000-8000-000000000011', 'WAITING', NULL, NULL, NULL, now(), NULL, NULL),
    ('01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031',
     '01990000-0000-7000-8000-000000000011', 'SENT', 'claude', 'claude-sonnet-5-5', 'msgbatch_1', now() - interval '1 hour',
     now() - interval '1 hour', NULL),
    ('01990000-0000-7000-8000-0000000000f3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031',
     '01990000-0000-7000-8000-000000000011', 'ENDED', 'claude', 'claude-sonnet-5-5', 'msgbatch_0', now() - interval '2 days',
     now() - interval '2 days', now() - interval '47 hours');

INSERT INTO analysis_request (id, organization_id, video_response_id, account_id, batch_id, text_sha256, failure, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000d2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     '01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-0000000000f1', NULL, NULL, now()),
    ('01990000-0000-7000-8000-0000000000d3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     '01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-0000000000f2', 'aa', NULL, now() - interval '1 hour'),
    ('01990000-0000-7000-8000-0000000000d4', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     '01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-0000000000f3', 'aa', 'The model declined to answer.',
     now() - interval '2 days');
