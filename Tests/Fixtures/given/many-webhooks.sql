-- As many webhook endpoints as there can be: needs organization.sql.

INSERT INTO webhook_endpoint (organization_id, url, event_types)
SELECT '01990000-0000-7000-8000-00000000000a', 'https://hooks.fixture.example/' || n, '{interview.sent}' FROM generate_series(1, 20) n;
