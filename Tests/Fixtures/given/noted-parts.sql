-- Of the first upload of uploads.sql, the third part is missing.

INSERT INTO upload_part (organization_id, async_interview_id, video_key, number, size_bytes, tag)
SELECT organization_id, async_interview_id, video_key, number, 5242880, concat('"', number, '"')
FROM recording, unnest(ARRAY[1, 2, 4]) AS number WHERE id = '01990000-0000-7000-8000-0000000000a1';
