-- An organisation that uses engines, with some calls, one of them failed, and work that waits; and another
-- organisation's calls: needs organization.sql.

INSERT INTO ai_setting (organization_id, language_model, transcriber, monthly_budget_cents, region, version) VALUES
    ('01990000-0000-7000-8000-00000000000a', 'claude', 'own-whisper', 5000, 'ELSEWHERE', 3);
INSERT INTO ai_call (organization_id, purpose, provider, model, input_sha256, outcome, error, input_tokens, output_tokens,
    audio_seconds, cost_micro_usd, reserved_micro_usd) VALUES
    ('01990000-0000-7000-8000-00000000000a', 'rating', 'claude', 'claude-sonnet-5-5', 'x', 'ANSWERED', NULL, 1000, 200, 0, 4000, 0),
    ('01990000-0000-7000-8000-00000000000a', 'rating', 'claude', 'claude-sonnet-5-5', 'x', 'UNAVAILABLE', 'HTTP 529', 0, 0, 0, 0, 0),
    ('01990000-0000-7000-8000-00000000000a', 'rating', 'claude', 'claude-sonnet-5-5', 'x', 'PENDING', NULL, 0, 0, 0, NULL, 9000),
    ('01990000-0000-7000-8000-00000000000a', 'transcription', 'own-whisper', 'large-v3', 'x', 'ANSWERED', NULL, 0, 0, 90, NULL, 0),
    ('01990000-0000-7000-8000-00000000000b', 'rating', 'claude', 'claude-sonnet-5-5', 'x', 'UNAVAILABLE', 'not yours', 7, 7, 7, 7, 0);
INSERT INTO ai_wait (organization_id, purpose, subject, since) VALUES
    ('01990000-0000-7000-8000-00000000000a', 'rating', '01990000-0000-7000-8000-000000000071', '2026-11-21T09:00:00Z');
INSERT INTO ai_provider (name, failures, resting_until, stop, last_error, last_error_at) VALUES
    ('fixture-stopped', 1, now() + interval '1 hour', 'SPEND_CAP', 'its spend limit is reached', now()),
    ('fixture-well', 0, NULL, NULL, NULL, NULL);
