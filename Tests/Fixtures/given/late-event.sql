-- Another such event arrived after it was dismissed: needs dispositions.sql.

UPDATE proctor_disposition SET created_at = created_at - interval '1 minute';
UPDATE proctor_log SET received_at = now() - interval '2 minutes' WHERE async_interview_id = '01990000-0000-7000-8000-000000000067';
INSERT INTO proctor_log (organization_id, async_interview_id, candidate_id, question_id, event_type)
SELECT organization_id, async_interview_id, candidate_id, question_id, event_type FROM proctor_log
WHERE async_interview_id = '01990000-0000-7000-8000-000000000067' AND event_type = 'MULTIPLE_FACES';
