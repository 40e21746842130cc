-- The recruiter and a colleague were asked to review the submitted and the reviewed interview: needs
-- interviews.sql and colleagues.sql.

INSERT INTO reviewer (organization_id, async_interview_id, account_id)
SELECT '01990000-0000-7000-8000-00000000000a', interview, account
FROM unnest(ARRAY['01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000068']::uuid[]) AS interview,
    unnest(ARRAY['01990000-0000-7000-8000-000000000011', '01990000-0000-7000-8000-000000000013']::uuid[]) AS account;
