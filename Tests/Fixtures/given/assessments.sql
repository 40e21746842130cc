-- Assessments in the making: needs organization.sql. One draft is complete, one is empty, one has a
-- question without a whole rubric; and one that could be asked again is archived.

INSERT INTO assessment (id, organization_id, title, job_title, description, status, version, created_at) VALUES
    ('01990000-0000-7000-8000-000000000033', '01990000-0000-7000-8000-00000000000a', 'Leading', 'Team Lead', 'For those who lead already.', 'DRAFT', 3, '2026-01-03 09:00:00.000123+00'),
    ('01990000-0000-7000-8000-000000000034', '01990000-0000-7000-8000-00000000000a', 'Empty', 'Team Lead', '', 'DRAFT', 1, '2026-01-02 09:00:00.000123+00'),
    ('01990000-0000-7000-8000-000000000035', '01990000-0000-7000-8000-00000000000a', 'Half done', 'Tester', '', 'DRAFT', 1, '2026-01-02 09:00:00.000123+00'),
    ('01990000-0000-7000-8000-000000000036', '01990000-0000-7000-8000-00000000000a', 'Put away', 'Tester', '', 'ARCHIVED', 5, '2026-01-01 09:00:00+00');

INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content, type, weight) VALUES
    ('01990000-0000-7000-8000-000000000044', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000033', '01990000-0000-7000-8000-000000000022',
     1, 'Describe a decision that was yours alone.', 'SITUATIONAL', 2.5),
    ('01990000-0000-7000-8000-000000000045', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000035', '01990000-0000-7000-8000-000000000022',
     1, 'Describe a defect that you found late.', 'BEHAVIORAL', 1),
    ('01990000-0000-7000-8000-000000000046', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000036', '01990000-0000-7000-8000-000000000022',
     1, 'Describe a defect that you found late.', 'BEHAVIORAL', 1);

INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
SELECT '01990000-0000-7000-8000-00000000000a'::uuid, question, level, 'Level ' || level, 'What level ' || level || ' is.',
    to_jsonb(ARRAY['Says one thing of level ' || level, 'Says another of level ' || level])
FROM unnest(ARRAY['01990000-0000-7000-8000-000000000044', '01990000-0000-7000-8000-000000000046']::uuid[]) AS question,
    generate_series(1, 5) AS level
UNION ALL
SELECT '01990000-0000-7000-8000-00000000000a'::uuid, '01990000-0000-7000-8000-000000000045'::uuid, 3, 'Proficient', 'What it is.', '[]';
