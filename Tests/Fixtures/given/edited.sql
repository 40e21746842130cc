-- The first candidate was changed at a known time: needs organization.sql.

UPDATE candidate SET updated_at = '2026-11-21T09:00:00Z' WHERE id = '01990000-0000-7000-8000-000000000051';
