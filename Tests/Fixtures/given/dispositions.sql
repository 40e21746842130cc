-- A colleague dismissed that several faces were seen in the submitted interview: needs interviews.sql and colleagues.sql.

INSERT INTO proctor_disposition (organization_id, async_interview_id, account_id, event_type, question_id, disposition, reason, created_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000013', 'MULTIPLE_FACES', '01990000-0000-7000-8000-000000000041', 'CONFIRMED', 'There are two faces.', now()),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000067', '01990000-0000-7000-8000-000000000013', 'MULTIPLE_FACES', '01990000-0000-7000-8000-000000000041', 'DISMISSED', 'One of them is on a poster.', now() + interval '1 millisecond');
