-- Thirty more candidates, all written down at the same moment: needs organization.sql.

INSERT INTO candidate (id, organization_id, name, email, pipeline_stage, created_at)
SELECT ('01990000-0000-7000-8001-' || to_char(number, 'FM000000000000'))::uuid, '01990000-0000-7000-8000-00000000000a',
    'Person ' || number, 'person-' || number || '@candidates.example', 'OFFER', '2026-01-01 09:00:00.000123+00'
FROM generate_series(1, 30) AS number;
