-- Two notes about the first candidate, the newer one by a colleague: needs organization.sql and colleagues.sql.

INSERT INTO candidate_note (id, organization_id, candidate_id, author_id, text, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-000000000011',
     'Prefers mornings.', '2026-11-20T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', '01990000-0000-7000-8000-000000000013',
     'Moves in May.', '2026-11-21T09:00:00Z');
