-- An endpoint that is on, with a delivery in each state, one that is off, another organisation's,
-- and answers that were kept: needs organization.sql.

INSERT INTO webhook_endpoint (id, organization_id, url, description, event_types, enabled, disabled_reason, failing_since, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000e1', '01990000-0000-7000-8000-00000000000a', 'https://hooks.fixture.example/parley', 'Applicant tracking', '{interview.decided,interview.ready}', true, NULL, NULL, '2026-11-01T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000e2', '01990000-0000-7000-8000-00000000000a', 'https://old.fixture.example/', '', '{interview.sent}', false, 'GONE', '2026-11-02T09:00:00Z', '2026-11-02T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000e9', '01990000-0000-7000-8000-00000000000b', 'https://hooks.another.example/', '', '{interview.sent}', true, NULL, NULL, '2026-11-01T09:00:00Z');

INSERT INTO webhook_delivery (id, organization_id, endpoint_id, event_type, data, state, attempts, run_at, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000f1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000e1', 'interview.ready', '{"interviewId": "01990000-0000-7000-8000-000000000067"}', 'DELIVERED', 2, '2026-11-03T09:05:00Z', '2026-11-03T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000e1', 'interview.decided', '{"interviewId": "01990000-0000-7000-8000-000000000067"}', 'FAILED', 10, '2026-11-07T09:00:00Z', '2026-11-04T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000e1', 'webhook.test', '{}', 'PENDING', 0, '2126-11-05T09:00:00Z', '2026-11-05T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f4', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000e2', 'interview.sent', '{}', 'FAILED', 1, '2026-11-02T09:00:00Z', '2026-11-02T09:00:00Z'),
    ('01990000-0000-7000-8000-0000000000f9', '01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-0000000000e9', 'interview.sent', '{}', 'DELIVERED', 1, '2026-11-02T09:00:00Z', '2026-11-02T09:00:00Z');

INSERT INTO webhook_attempt (organization_id, delivery_id, at, status, error, milliseconds) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f1', '2026-11-03T09:00:01Z', NULL, 'timedOut', 15000),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000f1', '2026-11-03T09:05:01Z', 204, NULL, 80),
    ('01990000-0000-7000-8000-00000000000b', '01990000-0000-7000-8000-0000000000f9', '2026-11-02T09:00:01Z', 200, NULL, 120);

INSERT INTO kept_answer (holder, key, organization_id, request, answer) VALUES
    ('01990000-0000-7000-8000-000000000011', 'a', '01990000-0000-7000-8000-00000000000a', '\x00', ''),
    ('01990000-0000-7000-8000-000000000012', 'a', '01990000-0000-7000-8000-00000000000b', '\x00', '');
