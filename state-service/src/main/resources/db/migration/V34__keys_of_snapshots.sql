-- Who asked for a snapshot, and with which idempotency key: asked again, the same one is the answer.
alter table system_state_snapshots
    add column asked_by text,
    add column idempotency_key text;

create unique index system_state_snapshots_key on system_state_snapshots (asked_by, idempotency_key) where idempotency_key is not null;
