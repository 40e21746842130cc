-- The reviewed interview is decided: needs interviews.sql and colleagues.sql.

UPDATE async_interview SET recommendation = 'hold', recruiter_notes = 'Ask about the deadline.', decision_updated_at = '2026-11-20T11:00:00Z',
    reviewed_by_id = '01990000-0000-7000-8000-000000000013', reviewed_at = '2026-11-20T11:00:00Z'
WHERE id = '01990000-0000-7000-8000-000000000068';
INSERT INTO decision_ledger (organization_id, async_interview_id, account_id, recommendation, reason, created_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000068', '01990000-0000-7000-8000-000000000013', 'hold', 'One answer is thin.', '2026-11-20T11:00:00Z');
