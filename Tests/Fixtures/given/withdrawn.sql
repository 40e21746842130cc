-- The interview that was sent is withdrawn: needs interviews.sql.

UPDATE async_interview SET status = 'CANCELLED', cancelled_at = now() WHERE status = 'SENT' AND deadline_at > now();
