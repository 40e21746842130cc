-- A third organisation that has nothing but a recruiter who is signed in.

INSERT INTO organization (id, name) VALUES ('01990000-0000-7000-8000-00000000000c', 'New Labs');
INSERT INTO account (id, organization_id, email, name, role, password_hash) VALUES
    ('01990000-0000-7000-8000-000000000015', '01990000-0000-7000-8000-00000000000c', 'new@fixture.example', 'Nora New', 'RECRUITER', 'none');
INSERT INTO session (organization_id, account_id, token_hash, expires_at) VALUES
    ('01990000-0000-7000-8000-00000000000c', '01990000-0000-7000-8000-000000000015', sha256('session-of-the-newcomer-0000000000000000000'), now() + interval '1 hour');
