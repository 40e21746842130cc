-- The invitation was sent without mail: needs interviews.sql. Its address would be refused if it were used.

UPDATE async_interview SET is_mailed = false, invitation_email = E'nobody\r\nBcc: all@example.com'
WHERE id = '01990000-0000-7000-8000-000000000063';
