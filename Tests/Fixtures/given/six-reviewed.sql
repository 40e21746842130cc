-- Six more reviewed interviews, whose first answer the recruiter and two colleagues scored (the third
-- all but one of them), and one that is not reviewed yet: needs interviews.sql and colleagues.sql.

WITH scores (number, first, second, third) AS (VALUES
    (1, 1, 2, 1), (2, 2, 2, 3), (3, 3, 4, 3), (4, 4, 4, 5), (5, 5, 4, 5), (6, 3, 3, NULL), (7, 1, 5, 1)),
made AS (
    INSERT INTO async_interview (
        id, organization_id, assessment_id, candidate_id, created_by_id, status, time_limit_seconds, think_time_seconds, retake_policy,
        deadline_at, invitation_token_hash, invitation_email)
    SELECT ('01990000-0000-7000-8000-00000000010' || number)::uuid, '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-000000000011',
        CASE number WHEN 7 THEN 'SUBMITTED' ELSE 'REVIEWED' END, 60, 30, 'ONE', now(), sha256(('six-' || number)::bytea), number::text
    FROM scores RETURNING id, organization_id, assessment_id, candidate_id, invitation_email),
linked AS (
    INSERT INTO interview (id, organization_id, assessment_id, candidate_id, async_interview_id)
    SELECT id, organization_id, assessment_id, candidate_id, id FROM made RETURNING id, async_interview_id)
INSERT INTO evaluation (organization_id, interview_id, evaluator_id, question_id, score)
SELECT made.organization_id, linked.id, account::uuid, '01990000-0000-7000-8000-000000000041', score
FROM scores JOIN made ON made.invitation_email = scores.number::text JOIN linked ON linked.async_interview_id = made.id
CROSS JOIN LATERAL (VALUES
    ('01990000-0000-7000-8000-000000000011', first), ('01990000-0000-7000-8000-000000000013', second), ('01990000-0000-7000-8000-000000000014', third)) AS given (account, score)
WHERE score IS NOT NULL;
UPDATE async_interview SET status = 'SUBMITTED' WHERE id = '01990000-0000-7000-8000-000000000068';
