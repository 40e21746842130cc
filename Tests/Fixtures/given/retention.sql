-- An organisation that keeps closed interviews for a while.

INSERT INTO retention_setting (organization_id, recording_days, interview_days, version) VALUES ('01990000-0000-7000-8000-00000000000a', 90, 365, 3);
