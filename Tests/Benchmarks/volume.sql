-- Fills the sample organisation with :interviews interviews of a year or less, one every five
-- minutes; five of six are answered, with six responses and sixty proctoring events each. Run by
-- psql as the administrator. Ids are made of numbers, so that there is no need to look anything up:
-- the first group names the table, the last digits the row.

\set ON_ERROR_STOP on
BEGIN;
-- What is made here refers to what is there: no need to look at each row, nor at who consented.
SET LOCAL session_replication_role = replica;
SET LOCAL maintenance_work_mem = '512MB';

CREATE FUNCTION pg_temp.made_id(kind text, number bigint) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (kind || '-0000-7000-8000-' || lpad(to_hex(number), 12, '0'))::uuid
$$;
-- The same for the same number, without any order: from 0 to below `choices`.
CREATE FUNCTION pg_temp.chance(number bigint, salt integer, choices integer) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (abs(hashint8extended(number, salt)) % choices)::integer
$$;

CREATE TEMPORARY TABLE home ON COMMIT DROP AS
SELECT o.id AS organization, a.id AS account FROM organization o JOIN account a ON a.organization_id = o.id ORDER BY a.id LIMIT 1;

-- ---- What interviews are about: an assessment for a thousand interviews --------------------

CREATE TEMPORARY TABLE role ON COMMIT DROP AS
SELECT number, (ARRAY['Software Engineer', 'Nurse', 'Account Manager', 'Data Analyst', 'Teacher', 'Electrician',
        'Support Agent', 'Designer', 'Accountant', 'Warehouse Lead'])[1 + number % 10] AS job
FROM generate_series(0, greatest(9, :interviews / 1000 - 1)) AS number;

INSERT INTO competency (id, organization_id, name)
SELECT pg_temp.made_id('0a000001', number), organization, 'Measured competency ' || number
FROM home, generate_series(0, 5) AS number;
INSERT INTO assessment (id, organization_id, title, job_title, created_at)
SELECT pg_temp.made_id('0a000002', number), organization, format('%s %s', job, 2020 + number / 10), job, now() - number * interval '1 hour'
FROM home, role;
INSERT INTO question (id, organization_id, assessment_id, competency_id, position, content)
SELECT pg_temp.made_id('0a000003', number * 6 + q), organization, pg_temp.made_id('0a000002', number), pg_temp.made_id('0a000001', q), q + 1,
    'Tell us about a time when you had to choose between two things that mattered.'
FROM home, role, generate_series(0, 5) AS q;
INSERT INTO rubric_level (organization_id, question_id, level, label, description, behavioral_anchors)
SELECT organization, pg_temp.made_id('0a000003', number * 6 + q), level, 'Level ' || level, 'What an answer of this level has.',
    '["Names the situation", "Says what they did themselves", "Says what came of it"]'
FROM home, role, generate_series(0, 5) AS q, generate_series(1, 5) AS level;

-- ---- Candidates: three for five interviews -------------------------------------------------

INSERT INTO candidate (id, organization_id, name, email, created_at)
SELECT pg_temp.made_id('0a000004', number), organization, given || ' ' || family,
    lower(given || '.' || family || '.' || number || '@candidates.example'), now() - number * interval '8 minutes'
FROM home, generate_series(0, :interviews * 3 / 5) AS number
CROSS JOIN LATERAL (SELECT
    (ARRAY['Ada', 'Alan', 'Amina', 'Anita', 'Barbara', 'Carlos', 'Chen', 'Dana', 'Edsger', 'Elif', 'Fatima', 'Grace', 'Hana', 'Ivan',
        'Jamal', 'Katherine', 'Leila', 'Mateo', 'Nadia', 'Olu', 'Priya', 'Quentin', 'Rosa', 'Sven', 'Tariq', 'Uma', 'Viktor', 'Wen',
        'Ximena', 'Yusuf', 'Zofia', 'Bogdan'])[1 + pg_temp.chance(number, 1, 32)] AS given,
    initcap((ARRAY['al', 'ber', 'cor', 'dan', 'el', 'far', 'gon', 'hol', 'is', 'jor', 'kow', 'lin', 'mar', 'nor', 'ol', 'per'])[1 + pg_temp.chance(number, 2, 16)]
        || (ARRAY['a', 'den', 'e', 'gu', 'han', 'i', 'ko', 'lov', 'mi', 'na', 'o', 'ra', 'sti', 'ta', 'u', 've'])[1 + pg_temp.chance(number, 3, 16)]
        || (ARRAY['berg', 'dez', 'ez', 'gren', 'ic', 'kova', 'ley', 'man', 'nen', 'opoulos', 'quist', 'ri', 'sen', 'ski', 'ton', 'yama'])[1 + pg_temp.chance(number, 4, 16)]) AS family) named;

-- Somebody whom one looks for, with three of the newest thousand interviews.
INSERT INTO candidate (id, organization_id, name, email)
SELECT pg_temp.made_id('0a000004', 999999999), organization, 'Philomena Quackenbush', 'philomena@candidates.example' FROM home;

-- ---- Interviews: number 1 is the newest ----------------------------------------------------

CREATE TEMPORARY TABLE made ON COMMIT DROP AS
SELECT number, organization, account, pg_temp.made_id('0a000005', number) AS interview, pg_temp.made_id('0a000006', number) AS linked,
    pg_temp.made_id('0a000004', CASE WHEN number IN (101, 401, 901) THEN 999999999
        ELSE pg_temp.chance(number, 5, :interviews * 3 / 5) END) AS candidate,
    pg_temp.chance(number, 6, greatest(10, :interviews / 1000)) AS role, number % 6 > 0 AS is_answered,
    now() - number * interval '5 minutes' AS created,
    CASE
        WHEN number % 6 > 0 THEN CASE WHEN pg_temp.chance(number, 7, 100) < 15 THEN 'SUBMITTED' ELSE 'REVIEWED' END
        WHEN pg_temp.chance(number, 8, 10) = 0 THEN 'CANCELLED'
        WHEN number > 576 THEN 'EXPIRED' -- that many are made in the two days until a deadline
        ELSE (ARRAY['DRAFT', 'SENT', 'SENT', 'OPENED', 'IN_PROGRESS'])[1 + pg_temp.chance(number, 9, 5)]
    END AS status
FROM home, generate_series(1, :interviews) AS number;

INSERT INTO async_interview (
    id, organization_id, assessment_id, candidate_id, created_by_id, status, time_limit_seconds, think_time_seconds, retake_policy,
    deadline_at, invitation_token_hash, invitation_sent_at, invitation_email, opened_at, started_at, submitted_at,
    reviewed_by_id, reviewed_at, recommendation, ai_analysis_status, created_at, updated_at)
SELECT interview, organization, pg_temp.made_id('0a000002', role), candidate, account, status, 120, 30, 'ONE',
    created + interval '2 days', sha256(number::text::bytea), CASE WHEN status <> 'DRAFT' THEN created END, 'invited@candidates.example',
    CASE WHEN is_answered THEN created END, CASE WHEN is_answered THEN created END, CASE WHEN is_answered THEN created END,
    CASE status WHEN 'REVIEWED' THEN account END, CASE status WHEN 'REVIEWED' THEN created END,
    CASE status WHEN 'REVIEWED' THEN (ARRAY['strong_advance', 'advance', 'advance', 'hold', 'decline', 'decline', 'decline', NULL])[1 + pg_temp.chance(number, 10, 8)] END,
    CASE WHEN is_answered THEN 'complete' ELSE 'pending' END, created, created
FROM made ORDER BY number DESC;
INSERT INTO interview (id, organization_id, assessment_id, candidate_id, async_interview_id, status)
SELECT linked, organization, pg_temp.made_id('0a000002', role), candidate, interview, CASE WHEN is_answered THEN 'COMPLETED' ELSE 'SCHEDULED' END
FROM made ORDER BY number DESC;

-- ---- What was answered -----------------------------------------------------------------------

CREATE TEMPORARY TABLE said ON COMMIT DROP AS
SELECT string_agg(word, ' ' ORDER BY place) AS text, jsonb_build_object(
    'durationSeconds', 60, 'language', 'en', 'text', string_agg(word, ' ' ORDER BY place),
    'words', jsonb_agg(jsonb_build_object('text', word, 'start', place * 0.5, 'end', place * 0.5 + 0.4, 'confidence', 0.9) ORDER BY place)) AS transcript,
    jsonb_build_object('suggestedScore', 4, 'confidence', 0.7, 'summary', 'Chose after asking both sides.') AS insights
FROM generate_series(0, 119) AS place
CROSS JOIN LATERAL (SELECT (ARRAY['we', 'had', 'to', 'choose', 'and', 'i', 'asked', 'both', 'teams', 'what', 'they', 'needed'])[1 + place % 12] AS word) spoken;

CREATE TEMPORARY TABLE answer ON COMMIT DROP AS
SELECT m.*, q, m.number * 6 + q AS place, pg_temp.made_id('0a000003', m.role * 6 + q) AS question,
    format('%s/%s/%s.webm', organization, interview, pg_temp.made_id('0a000007', m.number * 6 + q)) AS key
FROM made m CROSS JOIN generate_series(0, 5) AS q WHERE is_answered;

INSERT INTO recording (
    id, organization_id, async_interview_id, question_id, video_key, mime_type, status, size_bytes, expires_at, stored_at)
SELECT pg_temp.made_id('0a000007', place), organization, interview, question, key, 'video/webm', 'STORED', 9000000, created, created
FROM answer ORDER BY place DESC;
INSERT INTO blob (key, organization_id, content_type, size_bytes, created_at)
SELECT key, organization, 'video/webm', 9000000, created FROM answer ORDER BY place DESC;
INSERT INTO video_response (
    id, organization_id, async_interview_id, question_id, candidate_id, status, video_key, duration_seconds, transcript,
    transcript_status, transcript_data, ai_insights, analysis_status, recruiter_score, submitted_at, created_at)
SELECT pg_temp.made_id('0a000008', place), organization, interview, question, candidate, 'SUBMITTED', key, 60, said.text, 'complete',
    said.transcript, said.insights, 'complete', CASE status WHEN 'REVIEWED' THEN 1 + pg_temp.chance(place, 11, 5) END, created, created
FROM answer, said ORDER BY place DESC;
INSERT INTO evaluation (id, organization_id, interview_id, evaluator_id, question_id, score, created_at)
SELECT pg_temp.made_id('0a000009', place), organization, linked, account, question, 1 + pg_temp.chance(place, 11, 5), created
FROM answer WHERE status = 'REVIEWED' ORDER BY place DESC;

INSERT INTO score_ledger (id, organization_id, async_interview_id, question_id, evaluator_id, suggested, given, created_at)
SELECT pg_temp.made_id('0a00000c', place), organization, interview, question, account, 4, 1 + pg_temp.chance(place, 11, 5), created
FROM answer WHERE status = 'REVIEWED' ORDER BY place DESC;
INSERT INTO decision_ledger (organization_id, async_interview_id, account_id, recommendation, reason, created_at)
SELECT organization_id, id, created_by_id, recommendation, 'By the scores.', reviewed_at FROM async_interview WHERE recommendation IS NOT NULL;

-- ---- What was noticed: sixty events of an interview, from one page ---------------------------

INSERT INTO detector_watch (organization_id, async_interview_id, page_session, detector, watched_seconds)
SELECT organization, interview, pg_temp.made_id('0a00000a', number), detector, 600
FROM made, unnest(ARRAY['tab', 'window', 'fullscreen', 'devtools', 'clipboard', 'face']) AS detector
WHERE is_answered ORDER BY number DESC;
INSERT INTO proctor_log (
    id, organization_id, async_interview_id, candidate_id, question_id, event_type, metadata, occurred_at, received_at, page_session, sequence)
SELECT pg_temp.made_id('0a00000b', number * 60 + event), organization, interview, candidate, pg_temp.made_id('0a000003', role * 6 + event / 10),
    (ARRAY['TAB_SWITCH', 'WINDOW_BLUR', 'FULLSCREEN_EXIT', 'WINDOW_BLUR', 'NO_FACE_DETECTED', 'WINDOW_BLUR'])[1 + event % 6],
    '{"durationMs": 1500}', created + event * interval '10 seconds', created + event * interval '10 seconds',
    pg_temp.made_id('0a00000a', number), event
FROM made, generate_series(0, 59) AS event WHERE is_answered ORDER BY number DESC, event;
COMMIT;

VACUUM ANALYZE;
SELECT (SELECT count(*) FROM async_interview) AS interviews, (SELECT count(*) FROM video_response) AS responses,
    (SELECT count(*) FROM proctor_log) AS proctor_events;
