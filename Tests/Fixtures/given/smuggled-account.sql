-- An invited person's address that would add a header, which no form lets through: needs accounts.sql.

UPDATE account SET email = E'nina@fixture.example\r\nBcc: everybody@fixture.example' WHERE id = '01990000-0000-7000-8000-000000000015';
