-- The organisation may keep a little more than it does: needs organization.sql.

UPDATE storage_use SET counted_bytes = 9000000, quota_bytes = 10000000
WHERE organization_id = '01990000-0000-7000-8000-00000000000a';
