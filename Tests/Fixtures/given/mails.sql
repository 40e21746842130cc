-- Mails about the interview that was sent: one that was taken, one that was not yet. Needs interviews.sql.

INSERT INTO mail (organization_id, async_interview_id, kind, delivery_id, recipient, subject, message_id, transport_id, state, reason, attempts, created_at, sent_at) VALUES
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000063', 'invitation', 'a-delivery', 'invited@candidates.example',
     'Your video interview', 'a-delivery@parley.example', '56761188-7520-42d8-8898-ff6fc54ce618', 'sent', NULL, 1, now() - interval '3 days', now() - interval '3 days'),
    ('01990000-0000-7000-8000-00000000000a', '01990000-0000-7000-8000-000000000063', 'deadline-changed', 'another-delivery', 'invited@candidates.example',
     'New deadline', 'another-delivery@parley.example', NULL, 'sending', 'The mail server said: 451 4.7.1 come back later', 2, now() - interval '1 hour', NULL);
