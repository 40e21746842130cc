-- Live interviews: needs organization.sql, interviews.sql and colleagues.sql. In this order: one that comes, with the recruiter and
-- a colleague; one that was held and is scored by the colleague wholly and by the recruiter half; one of the
-- colleague's that has begun; one that was cancelled; one that comes, run by the colleague with the recruiter;
-- and one of another organisation.

INSERT INTO interview (
    id, organization_id, assessment_id, candidate_id, created_by_id, status, scheduled_at, ends_at, time_zone, place,
    meeting_url, note, cancel_reason, sequence, created_at, changed_at) VALUES
    ('01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-000000000011',
     'SCHEDULED', '2099-03-02T09:00:00Z', '2099-03-02T09:45:00Z', 'Europe/Berlin', NULL, 'https://meet.example/room', 'Bring something that you built.', NULL, 0, '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000052', '01990000-0000-7000-8000-000000000013',
     'COMPLETED', '2026-01-19T09:00:00Z', '2026-01-19T10:00:00Z', 'UTC', 'Room 4', NULL, NULL, NULL, 1, '2026-01-10T09:00:00Z', '2026-01-19T10:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000052', '01990000-0000-7000-8000-000000000013',
     'SCHEDULED', '2026-01-20T09:00:00Z', '2026-01-20T10:00:00Z', 'UTC', NULL, NULL, NULL, NULL, 0, '2026-01-10T09:00:00Z', '2026-01-10T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f4', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-000000000011',
     'CANCELLED', '2099-03-02T09:00:00Z', '2099-03-02T10:00:00Z', 'UTC', NULL, NULL, NULL, 'The position is filled.', 1, '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f5', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000052', '01990000-0000-7000-8000-000000000013',
     'SCHEDULED', '2099-03-03T09:00:00Z', '2099-03-03T17:00:00Z', 'America/New_York', NULL, NULL, NULL, NULL, 0, '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z'),
    ('01990000-0000-7000-8000-0000000000ff', '01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-000000000039', '01990000-0000-7000-8000-000000000059', '01990000-0000-7000-8000-000000000012',
     'SCHEDULED', '2099-03-02T09:00:00Z', '2099-03-02T10:00:00Z', 'UTC', NULL, NULL, NULL, NULL, 0, '2026-11-20T09:00:00Z', '2026-11-20T10:00:00Z');

INSERT INTO interviewer (organization_id, interview_id, account_id)
SELECT '01990000-0000-7000-8000-00000000000a', ('01990000-0000-7000-8000-0000000000' || live)::uuid, ('01990000-0000-7000-8000-0000000000' || account)::uuid
FROM (VALUES ('f1', '11'), ('f1', '13'), ('f2', '11'), ('f2', '13'), ('f3', '13'), ('f4', '11'), ('f5', '11')) AS held (live, account);
INSERT INTO interviewer (organization_id, interview_id, account_id) VALUES
    ('01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-0000000000ff', '01990000-0000-7000-8000-000000000012');

INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes, updated_at)
SELECT '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f2', ('01990000-0000-7000-8000-0000000000' || account)::uuid,
    ('01990000-0000-7000-8000-0000000000' || question)::uuid, score, notes, '2026-11-20T10:00:00Z'
FROM (VALUES ('13', '41', 4, 'Named the cause.'), ('13', '42', 2, 'Thin.'), ('11', '41', 3, NULL)) AS given (account, question, score, notes);

INSERT INTO mail (organization_id, interview_id, kind, delivery_id, recipient, subject, message_id, state, reason, created_at, sent_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f1', 'live-scheduled', '01990000-0000-7000-8000-00000000d001',
     'grace@candidates.example', 'Your interview for Software Engineer at Fixture Labs', 'd001@parley.example', 'bounced', 'No such mailbox.', '2026-11-20T09:01:00Z', '2026-11-20T09:01:00Z');
