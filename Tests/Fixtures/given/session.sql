-- A page opened the second question of the begun interview an hour ago: needs interviews.sql.

INSERT INTO active_page (async_interview_id, organization_id, page_session) VALUES
    ('01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000b1');
INSERT INTO opened_question (async_interview_id, question_id, organization_id, opened_at, thinking_since) VALUES
    ('01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-000000000042', '01990000-0000-7000-8000-00000000000a', now() - interval '1 hour', now() - interval '1 hour');
