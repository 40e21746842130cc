-- What the bytes of an upload are, as who sends them said beforehand and as the store that has them says.

SET LOCAL ROLE parley_owner;

ALTER TABLE recording
    -- Exactly so many bytes; null where any number was granted, and for parts until they are put together.
    ADD COLUMN granted_bytes bigint CHECK (granted_bytes BETWEEN 1 AND 2147483648),
    -- Of an upload in one piece, as `Content-MD5` has it; null where it was not said.
    ADD COLUMN md5 text CHECK (length(md5) = 24),
    -- By which the store tells the object from any other at its key, without quotes; null until the store has said so.
    ADD COLUMN etag text;
ALTER TABLE device_check
    ADD COLUMN granted_bytes bigint CHECK (granted_bytes BETWEEN 1 AND 33554432),
    ADD COLUMN md5 text CHECK (length(md5) = 24);

GRANT UPDATE (granted_bytes, etag) ON recording TO parley_candidate;
GRANT UPDATE (etag) ON recording TO parley_service;

-- What the parts of an upload are going to be, by the last permission to send each.
CREATE TABLE granted_part (
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    video_key text NOT NULL REFERENCES recording (video_key) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 10000),
    md5 text NOT NULL CHECK (length(md5) = 24),
    PRIMARY KEY (video_key, number),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

CALL isolate(ARRAY['granted_part']::regclass[]);
CREATE POLICY own_interview ON granted_part AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
GRANT SELECT, INSERT, UPDATE (md5) ON granted_part TO parley_candidate;
GRANT SELECT ON granted_part TO parley_service;
