-- The submitted interview's first answer has a transcript that nothing is made of by itself: needs transcript.sql.

UPDATE video_response SET analysis_held = true, transcript_problem = '{"code": "TEXT_REMOVED", "message": "Words were removed."}'
WHERE id = '01990000-0000-7000-8000-000000000095';
