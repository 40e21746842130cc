-- A take was interrupted after its bytes had arrived: needs session.sql.

INSERT INTO take (async_interview_id, id, organization_id, question_id, take_number, state, begun_at, ended_at, duration_seconds) VALUES
    ('01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-0000000000c1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000042', 1, 'INTERRUPTED', now() - interval '30 minutes', now() - interval '29 minutes', 40);
UPDATE recording SET take_id = '01990000-0000-7000-8000-0000000000c1' WHERE id = '01990000-0000-7000-8000-000000000083';
