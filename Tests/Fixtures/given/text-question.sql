-- The second question is to be answered in writing, and was so in the strict interview: needs interviews.sql.

UPDATE question SET type = 'ASYNC_TEXT' WHERE id = '01990000-0000-7000-8000-000000000042';
INSERT INTO video_response (
    id, organization_id, async_interview_id, question_id, candidate_id, status, text_answer, duration_seconds,
    transcript_status, submitted_at) VALUES
    ('01990000-0000-7000-8000-000000000099', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-00000000006b', '01990000-0000-7000-8000-000000000042', '01990000-0000-7000-8000-000000000051',
     'SUBMITTED', 'My task was to ship before the deadline. I made a plan. As a result we were early.', 50, 'complete', now() - interval '3 hours');
