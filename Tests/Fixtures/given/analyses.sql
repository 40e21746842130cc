-- The submitted interview's first answer was analysed by rules and then, as the recruiter had asked, by a model: needs
-- interviews.sql and transcript.sql.

UPDATE video_response SET ai_insights = '{"suggestedScore": 4, "summary": "Agreed on a compromise."}'
WHERE id = '01990000-0000-7000-8000-000000000095';

INSERT INTO analysis_request (id, organization_id, video_response_id, account_id, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000d1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     '01990000-0000-7000-8000-000000000011', now() - interval '2 hours');

INSERT INTO analysis_result (
    id, organization_id, video_response_id, request_id, insights, method, engine_name, engine_version, text_sha256, model,
    prompt_name, prompt_version, schema_version, input_sha256, attempts, request_ids, cost_micro_usd, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000e1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     NULL, '{"suggestedScore": null, "confidence": 0.2, "basis": "Produced by word rules."}', 'rule', 'Parley word rules', '1', 'aa', NULL,
     NULL, NULL, NULL, NULL, NULL, NULL, NULL, now() - interval '3 hours'),
    ('01990000-0000-7000-8000-0000000000e2', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000095',
     '01990000-0000-7000-8000-0000000000d1', '{"suggestedScore": 4, "confidence": 0.7, "basis": "The middle of 3 ratings.", "rating": {"samples": []}}',
     'model', 'claude', 'rate-answer 1', 'aa', 'claude-sonnet-5-5', 'rate-answer', 1, '0123', 'bb', 3, '{req_1,req_2,req_3}', 4200,
     now() - interval '2 hours');
