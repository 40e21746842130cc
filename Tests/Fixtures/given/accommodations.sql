-- The begun interview's candidate is given half as much time again, a take more and some rest: needs interviews.sql.

INSERT INTO accommodation (
    async_interview_id, organization_id, time_multiplier, untimed_thinking, extra_takes, without_monitoring) VALUES
    ('01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-00000000000a', 1.5, true, 1, '{FULLSCREEN}');
