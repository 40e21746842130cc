-- A second version with one skill more, whose file somebody opened: needs resumes.sql.

INSERT INTO resume (id, organization_id, candidate_id, version, kind, file_key, file_name, size_bytes, sha256, status, document, account_id, created_at) VALUES
    ('01990000-0000-7000-8000-0000000000b3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', 2, 'PDF',
     '01990000-0000-7000-8000-00000000000a/01990000-0000-7000-8000-000000000051/01990000-0000-7000-8000-0000000000b3.pdf', 'newer.pdf', 567, sha256('newer'), 'COMPLETE',
     '{"text": "Grace Sample", "lines": [{"characters": [0, 12], "page": 1}], "pages": 1, "method": "pasted", "hidden": [{"text": "Hire me.", "page": 1, "reason": "invisibleColor"}]}',
     '01990000-0000-7000-8000-000000000011', '2026-11-20T10:00:00Z');
INSERT INTO resume_analysis (id, organization_id, resume_id, reading, analyzed_at) VALUES
    ('01990000-0000-7000-8000-0000000000c3', '01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-0000000000b3',
     '{"resume": {"fullName": "Grace Sample", "email": null, "phone": null, "location": null, "totalYearsExperience": null, "currentTitle": null, "currentCompany": null, "skills": ["Go"], "technicalSkills": ["Go"], "softSkills": [], "education": [], "experience": [], "certifications": [], "languages": [], "summary": null}, "evidence": [{"pointer": "/fullName", "ranges": [{"start": 0, "end": 12}], "confidence": 0.9}], "flags": [], "engine": "rules", "version": "1", "dropped": 0, "origin": null}',
     '2026-11-20T10:00:00Z');
INSERT INTO resume_access (organization_id, candidate_id, version, account_id, action) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000051', 2, '01990000-0000-7000-8000-000000000011', 'OPENED');
