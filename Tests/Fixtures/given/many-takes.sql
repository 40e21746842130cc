-- As many takes of the second question as are kept account of: needs session.sql.

INSERT INTO take (async_interview_id, id, organization_id, question_id, take_number, state, begun_at)
SELECT '01990000-0000-7000-8000-000000000065', uuidv7(), '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000042', 1, 'INTERRUPTED', now()
FROM generate_series(1, 100);
