-- As many device checks of the begun interview as may be begun within an hour: needs interviews.sql.

INSERT INTO device_check (id, organization_id, async_interview_id, key, mime_type, begun_at, expires_at)
SELECT uuidv7(), '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000065', 'check ' || number,
    'video/webm', now() - number * interval '2 minutes', now()
FROM generate_series(1, 20) AS number;
