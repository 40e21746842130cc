-- Addresses that would add a header to a message, as no route accepts them: needs interviews.sql.

UPDATE async_interview SET invitation_email = E'a@b.example\r\nBcc: c@d.example' WHERE status = 'SENT';
UPDATE account SET email = E'a@b.example\r\nBcc: c@d.example' WHERE email = 'recruiter@fixture.example';
