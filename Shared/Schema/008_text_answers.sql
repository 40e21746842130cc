-- Answers in writing, to questions of type ASYNC_TEXT. The text is its own transcript, so
-- `transcript` stays null and `transcript_status` is complete from the start.

SET LOCAL ROLE parley_owner;

ALTER TABLE video_response
    ADD COLUMN text_answer text CHECK (char_length(text_answer) BETWEEN 1 AND 10000),
    ADD CHECK (num_nonnulls(video_key, text_answer) <= 1);

GRANT SELECT (text_answer), INSERT (text_answer, transcript_status), UPDATE (text_answer) ON video_response TO parley_candidate;

-- As before, but what is written needs no transcription.
CREATE OR REPLACE FUNCTION honour_consent() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.video_key IS DISTINCT FROM OLD.video_key AND NEW.video_key IS NOT NULL
        AND NOT consent_given(NEW.async_interview_id, 'RECORDING')
    THEN
        RAISE EXCEPTION 'You chose not to be recorded, so this recording was not taken as an answer.' USING ERRCODE = 'PA409';
    END IF;
    IF NEW.text_answer IS NULL AND NOT consent_given(NEW.async_interview_id, 'TRANSCRIPTION') THEN
        NEW.transcript_status := 'declined';
        NEW.transcript := NULL;
        NEW.transcript_data := NULL;
        NEW.transcript_problem := NULL;
    ELSIF NEW.transcript_status = 'declined' THEN
        NEW.transcript_status := 'pending';
    END IF;
    IF NEW.transcript_status = 'declined' OR NOT consent_given(NEW.async_interview_id, 'ANALYSIS') THEN
        NEW.analysis_status := 'declined';
        NEW.ai_insights := NULL;
    ELSE
        NEW.analysis_status := CASE WHEN NEW.ai_insights IS NULL THEN 'pending' ELSE 'complete' END;
    END IF;
    RETURN NEW;
END $$;
