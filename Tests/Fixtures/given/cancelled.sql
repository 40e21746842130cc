-- The begun interview is cancelled this moment, the opened one was an hour ago: needs interviews.sql.

UPDATE async_interview SET status = 'CANCELLED', cancelled_at = now() WHERE id = '01990000-0000-7000-8000-000000000065';
UPDATE async_interview SET status = 'CANCELLED', cancelled_at = now() - interval '1 hour'
WHERE id = '01990000-0000-7000-8000-000000000064';
UPDATE interview SET status = 'CANCELLED' WHERE async_interview_id IN (
    '01990000-0000-7000-8000-000000000064', '01990000-0000-7000-8000-000000000065');
