-- The event that fixtures sign was received before: needs organization.sql.

INSERT INTO receipt (webhook_id, organization_id) VALUES ('fixture', '01990000-0000-7000-8000-00000000000a');
