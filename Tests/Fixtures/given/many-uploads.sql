-- As many uploads of the begun interview's second question as may be granted: needs interviews.sql.

INSERT INTO recording (id, organization_id, async_interview_id, question_id, video_key, mime_type, expires_at)
SELECT uuidv7(), '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-000000000042', 'upload ' || number, 'video/webm', now()
FROM generate_series(3, 50) AS number;
