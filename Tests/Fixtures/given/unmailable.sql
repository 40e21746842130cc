-- A candidate whose name has a line separator in it: needs organization.sql.

UPDATE candidate SET name = U&'Grace\2028Sample' WHERE id = '01990000-0000-7000-8000-000000000051';
