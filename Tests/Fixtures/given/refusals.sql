-- The begun, the opened and the submitted interview's candidates refused everything: needs interviews.sql.

INSERT INTO consent_receipt (organization_id, async_interview_id, candidate_id, purpose, granted, version, locale, text_hash)
SELECT organization_id, id, candidate_id, purpose, false, '2026-11-21', 'en', sha256('a text')
FROM async_interview, unnest(ARRAY['RECORDING', 'TRANSCRIPTION', 'ANALYSIS', 'MONITORING']) AS purpose
WHERE id IN ('01990000-0000-7000-8000-000000000064', '01990000-0000-7000-8000-000000000065', '01990000-0000-7000-8000-000000000067');
UPDATE video_response SET updated_at = now();
