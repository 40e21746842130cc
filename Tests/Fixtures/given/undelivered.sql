-- Mails that did not arrive: to the sent interview's candidate, which waits for somebody; to the opened one's,
-- who has got another one since; about an interview that is over; and to the recruiter. Needs interviews.sql.

INSERT INTO mail (organization_id, async_interview_id, kind, delivery_id, recipient, subject, message_id, state, reason, created_at, updated_at)
SELECT '01990000-0000-7000-8000-00000000000a', ('01990000-0000-7000-8000-0000000000' || interview)::uuid, kind, 'delivery-' || n, 'invited@candidates.example',
    'Your video interview', n || '@parley.example', state, 'No such mailbox.', '2026-11-20T08:00:00Z'::timestamptz + n * interval '1 minute', '2026-11-20T09:00:00Z'
FROM (VALUES
    (1, '63', 'invitation', 'bounced'), (2, '64', 'invitation', 'failed'), (3, '64', 'invitation', 'sent'),
    (4, '67', 'receipt', 'bounced'), (5, '65', 'ready-to-review', 'failed')) AS given (n, interview, kind, state);
