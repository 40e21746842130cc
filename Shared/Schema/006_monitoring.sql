-- Monitoring in batches: events numbered by the page that saw them, and how long each of the
-- page's detectors watched, so that "not watched" never looks like "nothing happened".

SET LOCAL ROLE parley_owner;

ALTER TABLE proctor_log
    -- The page that saw it, a new one with every reload, and the event's number there from 0 on.
    -- Null for what the server itself noted and for events that came one by one.
    ADD COLUMN page_session uuid,
    ADD COLUMN sequence integer CHECK (sequence >= 0),
    -- By the server's clock; `occurred_at` is by the page's.
    ADD COLUMN received_at timestamptz,
    ADD CHECK ((page_session IS NULL) = (sequence IS NULL)),
    ADD UNIQUE (async_interview_id, page_session, sequence);

-- What each detector of each page said of itself last.
CREATE TABLE detector_watch (
    organization_id uuid NOT NULL,
    async_interview_id uuid NOT NULL,
    page_session uuid NOT NULL,
    detector text NOT NULL,
    -- Since the page was opened.
    watched_seconds double precision NOT NULL CHECK (watched_seconds >= 0),
    -- Why it does not watch, for people; null while it does.
    unavailable text,
    PRIMARY KEY (async_interview_id, page_session, detector),
    FOREIGN KEY (organization_id, async_interview_id) REFERENCES async_interview (organization_id, id) ON DELETE CASCADE
);

CALL isolate(ARRAY['detector_watch']::regclass[]);
CREATE POLICY own_interview ON detector_watch AS RESTRICTIVE TO parley_candidate
    USING (async_interview_id = (SELECT caller_interview()));
GRANT SELECT, INSERT, UPDATE (watched_seconds, unavailable) ON detector_watch TO parley_candidate;
GRANT SELECT ON detector_watch TO parley_recruiter;

CREATE OR REPLACE VIEW proctor_event WITH (security_invoker = true) AS
SELECT id, organization_id, async_interview_id, question_id, event_type, metadata, occurred_at,
    CASE
        WHEN event_type IN ('MULTIPLE_FACES', 'DEVTOOLS_OPEN', 'COPY_PASTE_ATTEMPT') THEN 'critical'
        WHEN event_type IN ('NO_FACE_DETECTED', 'FULLSCREEN_EXIT') THEN 'warning'
        WHEN event_type = 'TAB_SWITCH'
            AND count(*) FILTER (WHERE event_type = 'TAB_SWITCH') OVER (PARTITION BY async_interview_id) > 3 THEN 'warning'
        ELSE 'info'
    END AS severity, received_at
FROM proctor_log;

-- How well one interview was watched: each detector's time over all pages, and the numbers of
-- events that were never received, the first hundred of them.
CREATE FUNCTION monitoring(interview uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    WITH detectors AS (
        SELECT detector, sum(watched_seconds) AS watched, string_agg(DISTINCT unavailable, '; ') AS unavailable
        FROM detector_watch WHERE async_interview_id = interview GROUP BY detector),
    pages AS (
        SELECT page_session, max(sequence) AS last, count(*) AS received
        FROM proctor_log WHERE async_interview_id = interview AND page_session IS NOT NULL GROUP BY page_session),
    steps AS (
        SELECT page_session, sequence, lag(sequence, 1, -1) OVER (PARTITION BY page_session ORDER BY sequence) AS before
        FROM proctor_log WHERE async_interview_id = interview AND page_session IS NOT NULL),
    gaps AS (
        SELECT page_session, number
        FROM steps CROSS JOIN LATERAL generate_series(before + 1, least(sequence - 1, before + 100)) AS number
        ORDER BY page_session, number LIMIT 100)
    SELECT jsonb_build_object(
        'detectors', (SELECT coalesce(jsonb_agg(jsonb_build_object(
            'name', detector, 'watchedSeconds', watched, 'unavailable', unavailable) ORDER BY detector), '[]') FROM detectors),
        'gaps', (SELECT coalesce(jsonb_agg(number ORDER BY page_session, number), '[]') FROM gaps),
        'missingEvents', (SELECT coalesce(sum(last + 1 - received), 0) FROM pages))
$$;
GRANT EXECUTE ON FUNCTION monitoring(uuid) TO parley_recruiter;

RESET ROLE;
UPDATE proctor_log SET received_at = occurred_at;
ALTER TABLE proctor_log ALTER received_at SET DEFAULT now(), ALTER received_at SET NOT NULL;
