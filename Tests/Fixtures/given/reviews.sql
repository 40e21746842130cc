-- A colleague has scored the submitted interview's first answer, and both of the reviewed one's;
-- the engine had suggested scores of them: needs interviews.sql and colleagues.sql.

UPDATE video_response SET ai_insights = '{"suggestedScore": 3, "summary": "Agreed on a compromise.", "engine": {"name": "rules", "version": "1"}}'
WHERE async_interview_id IN ('01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000068');

INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score, notes, updated_at)
SELECT '01990000-0000-7000-8000-00000000000a', interview_id::uuid, '01990000-0000-7000-8000-000000000013', question_id::uuid, score, notes,
    '2026-11-20T09:00:00Z'
FROM (VALUES
    ('01990000-0000-7000-8000-000000000077', '01990000-0000-7000-8000-000000000041', 2, 'Blames others.'),
    ('01990000-0000-7000-8000-000000000078', '01990000-0000-7000-8000-000000000041', 3, 'A compromise.'),
    ('01990000-0000-7000-8000-000000000078', '01990000-0000-7000-8000-000000000042', 5, 'Measured the result.'))
    AS given (interview_id, question_id, score, notes);
UPDATE evaluation SET updated_at = '2026-11-20T10:00:00Z' WHERE evaluator_id = '01990000-0000-7000-8000-000000000011';
UPDATE video_response SET recruiter_score = 2, recruiter_notes = 'Blames others.'
WHERE async_interview_id = '01990000-0000-7000-8000-000000000067' AND question_id = '01990000-0000-7000-8000-000000000041';

INSERT INTO score_ledger (organization_id, async_interview_id, question_id, evaluator_id, suggested, engine_name, engine_version, given, reason)
SELECT '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000041',
    '01990000-0000-7000-8000-000000000013', 3, 'rules', '1', 2, 'The quote is about somebody else.';
