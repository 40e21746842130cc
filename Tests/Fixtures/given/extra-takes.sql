-- The begun interview's answer is the fourth take, three more than usual: needs interviews.sql.

UPDATE video_response SET take_number = 4, retakes_used = 3 WHERE id = '01990000-0000-7000-8000-000000000091';
