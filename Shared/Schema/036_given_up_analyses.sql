-- What becomes of an interview when the courier gives an answer's transcription or analysis up: it can be reviewed, and it
-- says that the analysis failed. A delivery that is made due again may still complete it.

SET LOCAL ROLE parley_owner;

-- Whether nothing is under way any more for an answer that lacks its analysis: the newest event that should have brought
-- it further has been given up.
CREATE FUNCTION is_given_up(response uuid, organization uuid) RETURNS boolean LANGUAGE sql STABLE AS $$
    SELECT coalesce((
        SELECT d.state = 'dead' FROM event e JOIN delivery d ON d.event_id = e.id
        WHERE e.organization_id = organization AND event_subject(e.data) = response::text
            AND e.topic IN ('response.recorded', 'response.transcribed')
        ORDER BY e.id DESC LIMIT 1), false)
$$;
GRANT EXECUTE ON FUNCTION is_given_up(uuid, uuid) TO parley_gate;

RESET ROLE;

-- As before, and when all that is still missing was given up, the analysis has failed. Whoever reviews hears of an
-- interview once, however it ended.
CREATE OR REPLACE FUNCTION complete_analysis(interview uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    held async_interview;
    outcome text;
BEGIN
    SELECT * INTO held FROM async_interview
    WHERE id = interview AND organization_id = caller_organization() FOR UPDATE;
    IF held.status IS NULL OR held.status NOT IN ('SUBMITTED', 'REVIEWED') OR held.ai_analysis_status = 'complete' THEN
        RETURN;
    END IF;
    SELECT CASE WHEN count(*) = 0 THEN 'complete' WHEN bool_and(is_given_up(id, organization_id)) THEN 'failed' END INTO outcome
    FROM video_response WHERE async_interview_id = interview AND analysis_status = 'pending';
    IF outcome IS NULL OR outcome = held.ai_analysis_status THEN
        RETURN;
    END IF;
    UPDATE async_interview
    SET ai_analysis_status = outcome, ai_analyzed_at = CASE outcome WHEN 'complete' THEN now() END, updated_at = now()
    WHERE id = interview;
    IF held.ai_analysis_status <> 'failed' THEN
        PERFORM emit('interview.ready', jsonb_build_object('interviewId', interview));
        PERFORM emit('review.ready', jsonb_build_object('interviewId', interview, 'accountId', r.account_id))
        FROM reviewer r
        WHERE r.async_interview_id = interview AND r.assigned_at < held.submitted_at AND r.account_id <> held.created_by_id;
    END IF;
END $$;

-- The courier works for all organisations, so the trigger acts for the delivery's.
CREATE FUNCTION give_up_analysis() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    earlier text := coalesce(current_setting('app.organization', true), '');
BEGIN
    PERFORM set_config('app.organization', NEW.organization_id::text, true);
    PERFORM complete_analysis(v.async_interview_id)
    FROM event e JOIN video_response v ON v.id = (e.data ->> 'videoResponseId')::uuid
    WHERE e.id = NEW.event_id AND e.topic IN ('response.recorded', 'response.transcribed');
    PERFORM set_config('app.organization', earlier, true);
    RETURN NULL;
END $$;
ALTER FUNCTION give_up_analysis() OWNER TO parley_gate;

SET LOCAL ROLE parley_owner;
CREATE TRIGGER give_up_analysis AFTER UPDATE OF state ON delivery FOR EACH ROW WHEN (NEW.state = 'dead')
    EXECUTE FUNCTION give_up_analysis();
