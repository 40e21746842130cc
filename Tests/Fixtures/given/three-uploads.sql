-- The recruiter has uploaded three files within the last hour: needs organization.sql.

INSERT INTO resume (organization_id, candidate_id, version, kind, file_key, file_name, size_bytes, sha256, status, account_id)
SELECT '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000052', number, 'PDF', 'key-' || number, 'resume.pdf', 567,
    sha256(number::text::bytea), 'FAILED', '01990000-0000-7000-8000-000000000011'
FROM generate_series(1, 3) AS number;
