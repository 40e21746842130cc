-- Parts of uploads to stores that do not tell which they have: whoever sent one tells us.

SET LOCAL ROLE parley_owner;

CREATE TABLE upload_part (
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    video_key text NOT NULL REFERENCES recording (video_key) ON DELETE CASCADE,
    number integer NOT NULL CHECK (number BETWEEN 1 AND 10000),
    size_bytes bigint NOT NULL CHECK (size_bytes BETWEEN 1 AND 8388608),
    -- By which the store knows it.
    tag text NOT NULL CHECK (length(tag) BETWEEN 1 AND 200),
    PRIMARY KEY (video_key, number),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

CALL isolate(ARRAY['upload_part']::regclass[]);
CREATE POLICY own_interview ON upload_part AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
GRANT SELECT, INSERT, UPDATE (size_bytes, tag) ON upload_part TO parley_candidate;
