-- More interviews than an export holds: needs organization.sql and interviews.sql.

INSERT INTO async_interview (
    organization_id, assessment_id, candidate_id, created_by_id, time_limit_seconds, think_time_seconds, retake_policy,
    deadline_at, invitation_token_hash, invitation_email)
SELECT organization_id, assessment_id, candidate_id, created_by_id, 60, 30, 'ONE', deadline_at,
    sha256(('one of many ' || number)::bytea), invitation_email
FROM async_interview, generate_series(1, 10001) AS number WHERE id = '01990000-0000-7000-8000-000000000061';
