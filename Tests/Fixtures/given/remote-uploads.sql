-- The uploads of uploads.sql go to a remote store; the second one has become a recording.

UPDATE recording SET upload_name = 'name-of-the-upload' WHERE id::text LIKE '01990000-0000-7000-8000-0000000000a_';
INSERT INTO blob (key, organization_id, content_type, size_bytes)
SELECT video_key, organization_id, mime_type, 16180 FROM recording WHERE id = '01990000-0000-7000-8000-0000000000a2';
