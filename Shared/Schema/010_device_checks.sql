-- Device checks: a few seconds of recording by which a candidate's browser proves that an answer
-- would arrive. They travel as answers do, and are neither: what was recorded is gone as soon as it
-- was measured, and only the measurements stay.

SET LOCAL ROLE parley_owner;

CREATE TABLE device_check (
    id uuid PRIMARY KEY,
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    -- What is recorded of it in the blob store, until it was measured.
    key text NOT NULL UNIQUE,
    mime_type text NOT NULL,
    begun_at timestamptz NOT NULL DEFAULT now(),
    -- Until when it may be uploaded.
    expires_at timestamptz NOT NULL,
    -- The measurements and what is wrong, as FinishDeviceCheck answers; null until then.
    verdict jsonb,
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);
CREATE INDEX device_check_interview ON device_check (async_interview_id, begun_at);

CALL isolate(ARRAY['device_check']::regclass[]);
CREATE POLICY own_interview ON device_check AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
GRANT SELECT, INSERT, UPDATE (verdict) ON device_check TO parley_candidate;
GRANT SELECT ON device_check TO parley_service;

CREATE TRIGGER require_consent BEFORE INSERT ON device_check FOR EACH ROW
    EXECUTE FUNCTION require_consent('RECORDING', 'You chose not to be recorded, so there is nothing to check.');

ALTER POLICY own_interview ON blob
    USING (key IN (SELECT video_key FROM recording) OR key IN (SELECT key FROM device_check));
-- Nobody removes an answer, and candidates themselves nothing but a device check.
CREATE POLICY device_checks_only ON blob AS RESTRICTIVE FOR DELETE TO parley_candidate
    USING (key IN (SELECT key FROM device_check));
CREATE POLICY no_answers ON blob AS RESTRICTIVE FOR DELETE TO parley_service
    USING (NOT EXISTS (SELECT FROM video_response WHERE video_key = key));
GRANT DELETE ON blob TO parley_candidate, parley_service;
