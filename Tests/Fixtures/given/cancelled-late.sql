-- The opened interview was cancelled, and its deadline passed since: needs interviews.sql.

UPDATE async_interview SET status = 'CANCELLED', cancelled_at = now() - interval '2 days', deadline_at = now() - interval '1 day'
WHERE id = '01990000-0000-7000-8000-000000000064';
