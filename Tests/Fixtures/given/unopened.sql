-- The page has another question open: needs session.sql.

DELETE FROM opened_question;
