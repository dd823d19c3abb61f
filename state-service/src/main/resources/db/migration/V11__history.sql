-- The system's runs and its metrics. Not made of the log: what is lost here does not come back.

-- A run begins with a replica that finds no other one alive.
create table system_runs (
    run        bigint generated always as identity primary key,
    started_at timestamptz not null
);

create table system_replicas (
    instance   text primary key,
    run        bigint      not null references system_runs,
    seen_at    timestamptz not null
);

-- One row a minute, of whichever replica came first. uptime is in seconds, memory in bytes.
create table metrics_minutes (
    minute   timestamptz primary key,
    bots     bigint  not null,
    running  bigint  not null,
    profit   numeric not null,
    trades   bigint  not null,
    memory   bigint  not null,
    uptime   bigint  not null,
    restarts bigint  not null
);

-- What its newest minute was; memory is the highest of its minutes. minutes says how many of them are known.
create table metrics_hours (
    hour     timestamptz primary key,
    bots     bigint   not null,
    running  bigint   not null,
    profit   numeric  not null,
    trades   bigint   not null,
    memory   bigint   not null,
    uptime   bigint   not null,
    restarts bigint   not null,
    minutes  smallint not null
);
