-- What stores that are not ours tell of themselves.

SET LOCAL ROLE parley_owner;

-- How often nothing came of what was told, by day. Whose object it was about is written nowhere: most of it comes from
-- nobody we know.
CREATE TABLE storage_refusal (
    day date NOT NULL DEFAULT current_date,
    provider text NOT NULL,
    reason text NOT NULL,
    count bigint NOT NULL DEFAULT 1,
    PRIMARY KEY (day, provider, reason)
);

-- Certificates that made signatures which were right, so that they are fetched once. An address always has the same one.
CREATE TABLE storage_certificate (
    url text PRIMARY KEY,
    pem text NOT NULL,
    kept_at timestamptz NOT NULL DEFAULT now()
);

-- Neither belongs to an organisation.
ALTER TABLE storage_refusal ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage_refusal FORCE ROW LEVEL SECURITY;
ALTER TABLE storage_certificate ENABLE ROW LEVEL SECURITY;
ALTER TABLE storage_certificate FORCE ROW LEVEL SECURITY;
CREATE POLICY service ON storage_refusal TO parley_service USING (true);
CREATE POLICY service ON storage_certificate TO parley_service USING (true);
GRANT SELECT, INSERT, UPDATE (count) ON storage_refusal TO parley_service;
GRANT SELECT, INSERT, UPDATE (pem, kept_at) ON storage_certificate TO parley_service;
