-- The organisation keeps as much as it may: needs organization.sql.

UPDATE storage_use SET quota_bytes = 0 WHERE organization_id = '01990000-0000-7000-8000-00000000000a';
