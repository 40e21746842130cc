-- The interview that was sent is withdrawn: needs interviews.sql.

ALTER TABLE async_interview DROP CONSTRAINT IF EXISTS async_interview_status_check;
UPDATE async_interview SET status = 'CANCELLED' WHERE status = 'SENT' AND deadline_at > now();
