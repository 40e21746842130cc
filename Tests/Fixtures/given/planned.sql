-- Plans for the deadlines of the interviews that are open: needs interviews.sql.

INSERT INTO deadline_plan (async_interview_id, organization_id, id, deadline_at, reminder_at)
SELECT id, organization_id, '01990000-0000-7000-8000-0000000000e9', deadline_at, deadline_at - interval '1 day'
FROM async_interview WHERE status IN ('SENT', 'OPENED', 'IN_PROGRESS');
