-- Device checks: needs interviews.sql. In this order: the begun interview's that may be uploaded, or is when
-- the fixture has its file and device-check-stored.sql its row; one that was measured; one whose time is over;
-- and one of the strict interview.

INSERT INTO device_check (id, organization_id, async_interview_id, key, mime_type, expires_at, verdict) VALUES
    ('01990000-0000-7000-8000-0000000000e1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000065',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000065/01990000-0000-7000-8000-0000000000e1.webm',
     'video/webm', now() + interval '15 minutes', NULL),
    ('01990000-0000-7000-8000-0000000000e2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000065',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000065/01990000-0000-7000-8000-0000000000e2.webm',
     'video/webm', now() + interval '15 minutes',
     '{"durationSeconds": 5.02, "video": {"width": 1280, "height": 720, "framesPerSecond": 30, "brightness": 0.071},
       "audio": {"peakDecibels": -9.5, "loudnessDecibels": -24.1}, "problems": ["DARK"]}'),
    ('01990000-0000-7000-8000-0000000000e3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000065',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000065/01990000-0000-7000-8000-0000000000e3.webm',
     'video/webm', now() + interval '-1 hour', NULL),
    ('01990000-0000-7000-8000-0000000000e4', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000006b',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-00000000006b/01990000-0000-7000-8000-0000000000e4.webm',
     'video/webm', now() + interval '15 minutes', NULL);
