-- Somebody who was invited and somebody whose invitation has expired, a colleague's link to choose another password, and
-- an account that was deactivated: needs organization.sql and colleagues.sql.

INSERT INTO account (id, organization_id, email, name, role, password_hash, deactivated_at) VALUES
    ('01990000-0000-7000-8000-000000000015', '01990000-0000-7000-8000-00000000000a', 'nina@fixture.example', 'Nina New', 'RECRUITER', NULL, NULL),
    ('01990000-0000-7000-8000-000000000016', '01990000-0000-7000-8000-00000000000a', 'late@fixture.example', 'Leo Late', 'ADMIN', NULL, NULL),
    ('01990000-0000-7000-8000-000000000017', '01990000-0000-7000-8000-00000000000a', 'gone@fixture.example', 'Gerda Gone', 'RECRUITER',
     '$scrypt$ln=15,r=8,p=3$LY8w44QA2iJqXTxzQ0Lz9Q$dZcJNP4DtVgkrtgKg8t6FTzGE4YfY58uqNIAjOl8Dyo', now() - interval '1 day');
INSERT INTO password_link (id, organization_id, account_id, token_hash, expires_at) VALUES
    ('01990000-0000-7000-8000-0000000000c5', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000015',
     sha256('link-of-somebody-who-was-invited-0000000000'), now() + interval '7 days'),
    ('01990000-0000-7000-8000-0000000000c6', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000016',
     sha256('link-that-has-expired-000000000000000000000'), now() - interval '1 second'),
    ('01990000-0000-7000-8000-0000000000c3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000013',
     sha256('link-of-a-colleague-00000000000000000000000'), now() + interval '7 days');
-- A session that was opened while its account was being deactivated.
INSERT INTO session (organization_id, account_id, token_hash, expires_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000017', sha256('session-of-a-deactivated-account-0000000000'), now() + interval '1 hour');
