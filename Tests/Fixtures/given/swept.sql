-- Sweeps that were done and one that is due: needs organization.sql.

UPDATE store_sweep SET plan_id = '01990000-0000-7000-8000-0000000000f1', due_at = '2026-11-21T09:00:00Z',
    listed_at = '2026-11-20T09:00:00Z', swept_at = '2026-11-21T08:00:00Z', examined = 12, confirmed = 1, orphans = 2,
    orphan_bytes = 4096, stale_uploads = 3
WHERE organization_id = '01990000-0000-7000-8000-00000000000a';
