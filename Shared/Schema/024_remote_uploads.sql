-- Uploads in parts to a remote store, whose parts the store keeps until they are put together.

SET LOCAL ROLE parley_owner;

-- The upload as the store named it, empty where stores need no name; null for what goes to the local store or comes whole.
ALTER TABLE recording ADD COLUMN upload_name text;

GRANT UPDATE (upload_name) ON recording TO parley_candidate;
-- What has arrived at a remote store is noted by whoever asked the store about it.
GRANT INSERT ON blob TO parley_candidate;
