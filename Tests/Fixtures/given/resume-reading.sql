-- A scan is being read: needs resumes.sql.

INSERT INTO resume (id, organization_id, candidate_id, version, kind, file_key, file_name, size_bytes, sha256, status, account_id) VALUES
    ('01990000-0000-7000-8000-0000000000b2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', 2, 'PDF',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000051/01990000-0000-7000-8000-0000000000b2.pdf', 'scan.pdf', 567, sha256('scan'), 'READING', '01990000-0000-7000-8000-000000000011');
