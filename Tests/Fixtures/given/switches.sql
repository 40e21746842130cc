-- The submitted interview's candidate left the tab four times, thrice in its second question, and a
-- colleague dismissed the latter; nobody else was seen: needs interviews.sql and colleagues.sql.

DELETE FROM proctor_log WHERE async_interview_id = '01990000-0000-7000-8000-000000000067' AND event_type = 'MULTIPLE_FACES';
INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, question_id, event_type, metadata, occurred_at)
SELECT organization_id, async_interview_id, candidate_id, '01990000-0000-7000-8000-000000000042', 'TAB_SWITCH', jsonb_build_object('count', number),
    now() + number * interval '1 second'
FROM proctor_log, generate_series(1, 3) AS number WHERE async_interview_id = '01990000-0000-7000-8000-000000000067';
INSERT INTO proctor_disposition (organization_id, async_interview_id, account_id, event_type, question_id, disposition, reason) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000013', 'TAB_SWITCH', '01990000-0000-7000-8000-000000000042', 'DISMISSED', 'A call came in.');
