-- The reviewed interview is recommended, and the sent one is due tomorrow: needs interviews.sql.

UPDATE async_interview SET recommendation = 'hold' WHERE id = '01990000-0000-7000-8000-000000000068';
UPDATE async_interview SET deadline_at = now() + interval '1 day' WHERE id = '01990000-0000-7000-8000-000000000063';
