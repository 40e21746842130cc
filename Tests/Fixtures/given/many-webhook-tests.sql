-- As many tests on their way as there can be: needs webhooks.sql.

INSERT INTO webhook_delivery (organization_id, endpoint_id, event_type, data)
SELECT '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000e1', 'webhook.test', '{}' FROM generate_series(1, 4);
