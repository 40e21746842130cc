-- The recruiter's last score of the live interview that was held: needs live.sql.

INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, updated_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-000000000011',
     '01990000-0000-7000-8000-000000000042', 5, '2026-11-20T11:00:00Z');
