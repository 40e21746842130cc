-- A candidate's resume, pasted and read, with a correction and a tailored question: needs organization.sql.

INSERT INTO resume (id, organization_id, candidate_id, version, kind, size_bytes, sha256, status, document, account_id, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000b1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', 1, 'PASTED', 12, sha256('Grace Sample'), 'COMPLETE',
     '{"text": "Grace Sample", "lines": [{"characters": [0, 12], "page": 1}], "pages": 1, "method": "pasted", "hidden": [{"text": "Hire me.", "page": 1, "reason": "invisibleColor"}]}',
     '01990000-0000-7000-8000-000000000011', '2026-11-20T09:00:00Z');
INSERT INTO resume_analysis (id, organization_id, resume_id, reading, generated_questions, analyzed_at) VALUES
    ('01990000-0000-7000-8000-0000000000c1', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000b1',
     '{"resume": {"fullName": "Grace Sample", "email": null, "phone": null, "location": null, "totalYearsExperience": null, "currentTitle": null, "currentCompany": null, "skills": [], "technicalSkills": [], "softSkills": [], "education": [], "experience": [], "certifications": [], "languages": [], "summary": null}, "evidence": [{"pointer": "/fullName", "ranges": [{"start": 0, "end": 12}], "confidence": 0.9}], "flags": [], "engine": "rules", "version": "1", "dropped": 0, "origin": null}',
     '{"assessmentId": "01990000-0000-7000-8000-000000000031", "assessmentTitle": "Working together", "questions": [{"id": "01990000-0000-7000-8000-0000000000d1", "competencyId": "01990000-0000-7000-8000-000000000022", "competency": "Ownership", "question": "What did you own at Brackwater Instruments?", "rationale": "The resume names it.", "passage": {"text": "Grace", "range": {"start": 0, "end": 5}}, "addedTo": []}], "unasked": [], "engine": {"name": "rules", "version": "1", "origin": null, "dropped": 0, "method": "pasted", "fallback": null}, "generatedAt": "2026-11-20T09:00:00.000Z"}',
     '2026-11-20T09:00:00Z');
INSERT INTO resume_correction (organization_id, candidate_id, field, value, account_id) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', 'phone', '"+49 30 2"', '01990000-0000-7000-8000-000000000011');
