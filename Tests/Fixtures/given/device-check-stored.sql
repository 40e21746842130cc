-- The bytes of the first and the last of the device checks are there: needs device-checks.sql.

INSERT INTO blob (key, organization_id, content_type, size_bytes)
SELECT key, organization_id, mime_type, 8090 FROM device_check
WHERE id IN ('01990000-0000-7000-8000-0000000000e1', '01990000-0000-7000-8000-0000000000e4');
