-- Snapshots of all bots at one cut of the log, and what looking at them found.

create table system_state_snapshots (
    snapshot       bigint generated always as identity primary key,
    id             uuid    not null unique,
    kind           text    not null,
    format_version integer not null,
    taken_at       timestamptz not null,
    cut            bytea   not null,
    bots           bigint  not null,
    bytes          bigint  not null,
    sha256         text    not null,
    valid          boolean not null,
    content        bytea   not null
);

-- The content is gzip already; out of line and uncompressed it can be read piece by piece.
alter table system_state_snapshots alter column content set storage external;

create table state_validation_results (
    result       bigint generated always as identity primary key,
    snapshot     bigint not null references system_state_snapshots,
    validated_at timestamptz not null,
    valid        boolean not null,
    findings     text    not null
);

create index state_validation_results_snapshot on state_validation_results (snapshot);
