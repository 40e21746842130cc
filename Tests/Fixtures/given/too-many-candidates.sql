-- One candidate more than an export holds: needs organization.sql.

INSERT INTO candidate (organization_id, name, email)
SELECT '01990000-0000-7000-8000-00000000000a', 'Person ' || number, 'person-' || number || '@candidates.example'
FROM generate_series(1, 10001) AS number;
