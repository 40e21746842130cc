-- An organisation with a recruiter who is signed in, an assessment of two questions and two
-- candidates; and another organisation, of which the first must never see anything.
-- The recruiter's password is "correct horse battery staple".

INSERT INTO organization (id, name) VALUES
    ('01990000-0000-7000-8000-00000000000a', 'Fixture Labs'),
    ('01990000-0000-7000-8000-00000000000b', 'Another Organization');

INSERT INTO account (id, organization_id, email, name, role, password_hash) VALUES
    ('01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-00000000000a', 'recruiter@fixture.example', 'Rita Recruiter', 'RECRUITER',
     '$scrypt$ln=15,r=8,p=3$LY8w44QA2iJqXTxzQ0Lz9Q$dZcJNP4DtVgkrtgKg8t6FTzGE4YfY58uqNIAjOl8Dyo'),
    ('01990000-0000-7000-8000-000000000012', '01990000-0000-7000-8000-00000000000b', 'recruiter@another.example', 'Olaf Other', 'ADMIN',
     '$scrypt$ln=15,r=8,p=3$LY8w44QA2iJqXTxzQ0Lz9Q$dZcJNP4DtVgkrtgKg8t6FTzGE4YfY58uqNIAjOl8Dyo');

INSERT INTO session (organization_id, account_id, token_hash, expires_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000011', sha256('session-of-the-recruiter-000000000000000000'), now() + interval '1 hour'),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000011', sha256('session-that-has-ended-00000000000000000000'), now() - interval '1 second'),
    ('01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-000000000012', sha256('session-of-another-organization-00000000000'), now() + interval '1 hour');

INSERT INTO competency (id, organization_id, name, description) VALUES
    ('01990000-0000-7000-8000-000000000021', '01990000-0000-7000-8000-00000000000a', 'Collaboration', 'Works through disagreement openly.'),
    ('01990000-0000-7000-8000-000000000022', '01990000-0000-7000-8000-00000000000a', 'Ownership', 'Takes responsibility for a result.'),
    ('01990000-0000-7000-8000-000000000029', '01990000-0000-7000-8000-00000000000b', 'Secrecy', 'Known to another organisation only.');

INSERT INTO assessment (id, organization_id, title, job_title, status) VALUES
    ('01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-00000000000a', 'Working together', 'Software Engineer', 'ACTIVE'),
    ('01990000-0000-7000-8000-000000000032', '01990000-0000-7000-8000-00000000000a', 'An old one', 'Typist', 'ARCHIVED'),
    ('01990000-0000-7000-8000-000000000039', '01990000-0000-7000-8000-00000000000b', 'Another assessment', 'Spy', 'ACTIVE');

INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content) VALUES
    ('01990000-0000-7000-8000-000000000041', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000021',
     1, 'Tell us about a conflict in a team you worked in.'),
    ('01990000-0000-7000-8000-000000000042', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000031', '01990000-0000-7000-8000-000000000022',
     2, 'Describe a time when you had to meet a hard deadline.'),
    ('01990000-0000-7000-8000-000000000043', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000032', '01990000-0000-7000-8000-000000000022',
     1, 'How fast do you type?'),
    ('01990000-0000-7000-8000-000000000049', '01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-000000000039', '01990000-0000-7000-8000-000000000029',
     1, 'Can you keep a secret?');

INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
SELECT '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000041', level, label, description, to_jsonb(ARRAY[anchor])
FROM (VALUES
    (1, 'Not shown', 'Avoids the conflict.', 'Blames a colleague'),
    (2, 'Developing', 'Leaves solving it to others.', 'Passed the problem to a manager'),
    (3, 'Proficient', 'Talks to the other person.', 'Asked for a private conversation and agreed on a compromise'),
    (4, 'Strong', 'Settles it with facts.', 'Compared the options with data'),
    (5, 'Exceptional', 'Leaves the team better.', 'Named their own mistake'))
    AS levels (level, label, description, anchor);

INSERT INTO candidate (id, organization_id, name, email, phone, pipeline_stage) VALUES
    ('01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-00000000000a', 'Grace Sample', 'grace@candidates.example', '+49 30 1234567', 'SCREENING'),
    ('01990000-0000-7000-8000-000000000052', '01990000-0000-7000-8000-00000000000a', 'Alan Sample', 'alan@candidates.example', NULL, 'APPLIED'),
    ('01990000-0000-7000-8000-000000000059', '01990000-0000-7000-8000-00000000000b', 'Otto Other', 'otto@candidates.example', NULL, 'APPLIED');
