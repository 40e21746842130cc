-- Whether the voices in an organisation's recordings are counted, and what then is known of a transcript.

SET LOCAL ROLE parley_owner;

ALTER TABLE ai_setting ADD COLUMN counts_voices boolean NOT NULL DEFAULT true;
GRANT INSERT (counts_voices), UPDATE (counts_voices) ON ai_setting TO parley_recruiter;

COMMENT ON COLUMN video_response.transcript_problem IS
    'Why there is no transcript, or why its analysis waits: {code, message, voices}, as module Speech writes it.';
