-- What people stop or are told of late: an analysis of many answers is cancelled; whoever was asked to review before there
-- was anything to review hears when there is; and candidates who are idle for long are deleted, where an organisation
-- wants that.

SET LOCAL ROLE parley_owner;

-- ---- Analyses of many answers -------------------------------------------------------------

ALTER TABLE analysis_batch
    ADD COLUMN cancelled_at timestamptz,
    ADD COLUMN cancelled_by_id uuid,
    ADD CHECK ((cancelled_at IS NULL) = (cancelled_by_id IS NULL)),
    ADD FOREIGN KEY (organization_id, cancelled_by_id) REFERENCES account (organization_id, id);
CREATE POLICY own_cancellation ON analysis_batch AS RESTRICTIVE FOR UPDATE TO parley_recruiter
    USING (true) WITH CHECK (cancelled_by_id = (SELECT caller_account()));
GRANT UPDATE (state, ended_at, cancelled_at, cancelled_by_id) ON analysis_batch TO parley_recruiter;
GRANT UPDATE (failure) ON analysis_request TO parley_recruiter;
