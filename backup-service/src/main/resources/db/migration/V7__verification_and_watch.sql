-- That a drill restored it: the newest one.
alter table backup add column proven_at timestamptz;
alter table backup add column proof_drill text;
alter table backup add column proof_compared text;
alter table backup add check (proven_at is null or (proof_drill is not null and proof_compared is not null));
create index backup_unread on backup (verified_at, id) where status = 'COMPLETED';

-- Archives that are read from storage to their last byte: one backup, or all of a workspace. RUNNING belongs to its fence.
create table verification (
    id              uuid primary key,
    workspace       text        not null,
    backup_id       uuid references backup (id),
    status          text        not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    fence           bigint,
    started_at      timestamptz,
    archives        integer     not null default 0,
    bytes_total     bigint      not null default 0,
    bytes_done      bigint      not null default 0,
    finished_at     timestamptz,
    failure         text,
    unique (requested_by, idempotency_key)
);
create index verification_unfinished on verification (id) where status in ('REQUESTED', 'RUNNING');
create index verification_of_backup on verification (backup_id, id desc) where backup_id is not null;

-- What came of each archive: one that was read is not read again by the same verification.
create table verification_finding (
    position        bigint generated always as identity primary key,
    verification_id uuid        not null references verification (id) on delete cascade,
    backup_id       uuid        not null references backup (id),
    result          text        not null,
    what            text,
    bytes           bigint      not null,
    at              timestamptz not null,
    unique (verification_id, backup_id)
);

-- In which state what is watched was seen last: an event is written when it changes, and not at each look.
create table watched_state (
    subject text primary key,
    state   text        not null,
    since   timestamptz not null
);
