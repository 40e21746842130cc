-- The grace of the begun and of the answered interview is over: needs interviews.sql.

UPDATE async_interview SET deadline_at = now() - interval '61 minutes'
WHERE id IN ('01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-000000000066');
