-- The page has written something in answer to the second question: needs session.sql and text-question.sql.

UPDATE opened_question SET draft = 'My task was' WHERE question_id = '01990000-0000-7000-8000-000000000042';
