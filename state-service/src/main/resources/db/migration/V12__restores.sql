-- What restores did and what starts found. Not made of the log: what is lost here does not come back.

create table system_recovery_logs (
    recovery        bigint generated always as identity primary key,
    id              uuid        not null unique,
    kind            text        not null,
    status          text        not null,
    dry_run         boolean     not null,
    asked_by        text        not null,
    idempotency_key text,
    request         bytea,
    started_at      timestamptz not null,
    ended_at        timestamptz,
    took_ms         bigint,
    rung            text,
    findings        text        not null default '',
    way_back        uuid,
    resumed         integer     not null default 0,
    bots            bigint      not null default 0,
    restored        bigint      not null default 0,
    failed          bigint      not null default 0,
    left_alone      bigint      not null default 0,
    events_lost     bigint      not null default 0,
    seconds_lost    bigint      not null default 0,
    percent         integer     not null default 0
);

comment on column system_recovery_logs.findings is 'a sentence a line';
comment on column system_recovery_logs.way_back is 'the snapshot of what was before; it may be deleted by retention since';

create unique index system_recovery_logs_key on system_recovery_logs (asked_by, idempotency_key) where idempotency_key is not null;

-- One restore at a time changes bots: two would take them back to two different times.
create unique index system_recovery_logs_alone on system_recovery_logs ((true)) where ended_at is null and not dry_run;
create index system_recovery_logs_unfinished on system_recovery_logs (recovery) where ended_at is null;

-- One bot's part in a restore. target is the state that it goes back to, until its checkpoint counts: who goes on after a crash writes the same.
create table system_recovery_bots (
    recovery bigint  not null references system_recovery_logs,
    place    integer not null,
    bot      uuid    not null,
    outcome  text    not null,
    run      text    not null,
    attempts integer not null,
    needs    uuid[]  not null,
    target   bytea,
    view     bytea   not null,
    primary key (recovery, place)
);
