-- Two interviews that nobody has begun are over soon, a draft is older than the other, the reviewed one was
-- completed by its review, and an analysis failed: needs interviews.sql.

UPDATE async_interview SET deadline_at = now() + interval '40 hours' WHERE id = '01990000-0000-7000-8000-000000000063';
UPDATE async_interview SET deadline_at = now() + interval '2 hours' WHERE id = '01990000-0000-7000-8000-000000000064';
UPDATE async_interview SET created_at = now() - interval '1 day' WHERE id = '01990000-0000-7000-8000-000000000062';
UPDATE async_interview SET reviewed_at = now() - interval '1 hour' WHERE id = '01990000-0000-7000-8000-000000000068';
UPDATE async_interview SET ai_analysis_status = 'failed' WHERE id = '01990000-0000-7000-8000-000000000067';
