-- Another recruiter of the organisation, and its administrator: needs organization.sql.

INSERT INTO account (id, organization_id, email, name, role, password_hash) VALUES
    ('01990000-0000-7000-8000-000000000013', '01990000-0000-7000-8000-00000000000a', 'colleague@fixture.example', 'Carl Colleague', 'RECRUITER', 'none'),
    ('01990000-0000-7000-8000-000000000014', '01990000-0000-7000-8000-00000000000a', 'admin@fixture.example', 'Ada Admin', 'ADMIN', 'none');
INSERT INTO session (organization_id, account_id, token_hash, expires_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000013', sha256('session-of-a-colleague-00000000000000000000'), now() + interval '1 hour'),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000014', sha256('session-of-the-administrator-00000000000000'), now() + interval '1 hour');
