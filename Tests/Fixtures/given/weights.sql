-- The first question weighs three times the second: needs organization.sql.

UPDATE question SET weight = 3 WHERE id = '01990000-0000-7000-8000-000000000041';
