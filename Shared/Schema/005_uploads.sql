-- Resumable uploads: recordings that come in parts. How much of one has arrived is the size of its
-- file in the store, and is written nowhere else.

SET LOCAL ROLE parley_owner;

ALTER TABLE recording
    -- The take that a resumable upload is of; null for one that comes whole.
    ADD COLUMN take_number integer CHECK (take_number BETWEEN 1 AND 4),
    -- How long the client said that a resumable upload will be; null until it knows.
    ADD COLUMN length_bytes bigint CHECK (length_bytes BETWEEN 1 AND 2147483648),
    DROP CONSTRAINT recording_status_check,
    ADD CONSTRAINT recording_status_check CHECK (status IN ('GRANTED', 'STORED', 'TERMINATED'));

GRANT UPDATE (length_bytes) ON recording TO parley_service;
