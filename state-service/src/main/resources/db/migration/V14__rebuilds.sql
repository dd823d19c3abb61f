-- Second projections of the log, each in a schema of its own beside the tables of the first. Not made of the log: these rows outlive the
-- schemas.

create table rebuilds (
    rebuild       bigint generated always as identity primary key,
    id            uuid        not null unique,
    request_key   text unique,
    status        text        not null,
    reason        text        not null,
    started_by    text        not null,
    started_at    timestamptz not null default now(),
    changed_at    timestamptz not null default now(),
    differences   bigint,
    accepted      text,
    accepted_bots uuid[]      not null default '{}',
    note          text
);

-- One at a time: its schemas have fixed names.
create unique index rebuilds_open on rebuilds ((true))
    where status in ('FOLDING', 'COMPARED', 'SWITCHING', 'SWITCHED', 'ROLLING_BACK');

create table rebuild_differences (
    rebuild          bigint  not null references rebuilds,
    bot              uuid    not null,
    partition        integer not null,
    state            boolean not null,
    sequence         bigint,
    rebuilt_sequence bigint,
    trades           bigint  not null,
    rebuilt_trades   bigint  not null,
    parked           boolean not null,
    rebuilt_parked   boolean not null,
    primary key (rebuild, bot)
);

comment on column rebuild_differences.state is 'whether the states differ';
