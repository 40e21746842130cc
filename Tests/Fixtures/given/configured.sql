-- When the draft was configured: needs interviews.sql.

UPDATE async_interview SET configured_at = '2026-11-20T09:00:00.123Z' WHERE id = '01990000-0000-7000-8000-000000000061';
