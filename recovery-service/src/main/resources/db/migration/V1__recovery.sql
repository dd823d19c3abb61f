-- Disasters, the runs against them with their steps, and the two outboxes: alerts for people, events for Kafka.

create table disaster (
    id          uuid primary key,
    type        text        not null,
    subject     text        not null,
    began_at    timestamptz not null,
    detected_at timestamptz not null,
    evidence    text        not null,
    run_id      uuid        not null,
    ended_at    timestamptz,
    recovered   boolean
);

-- one open disaster of a type and subject, whoever detects it
create unique index disaster_open on disaster (type, subject) where ended_at is null;
create index disaster_of_subject on disaster (type, subject, ended_at);

create table run (
    id           uuid primary key,
    disaster_id  uuid        not null references disaster,
    status       text        not null,
    severity     int         not null,
    started_at   timestamptz not null,
    finished_at  timestamptz,
    failure      text,
    memory       text        not null,
    owner        text,
    heartbeat_at timestamptz not null,
    fence        bigint      not null
);

create index run_unfinished on run (severity desc, started_at) where status = 'RUNNING';

create table run_step (
    run_id      uuid not null references run,
    number      int  not null,
    name        text not null,
    status      text not null,
    started_at  timestamptz,
    finished_at timestamptz,
    deadline_at timestamptz,
    due_at      timestamptz,
    failures    int  not null,
    outcome     text,
    primary key (run_id, number)
);

create table alert (
    id           uuid primary key,
    kind         text        not null,
    severity     text        not null,
    text         text        not null,
    raised_at    timestamptz not null,
    source_event uuid unique,
    delivery     text        not null,
    attempts     int         not null,
    due_at       timestamptz not null,
    sent_at      timestamptz,
    last_problem text
);

create index alert_waiting on alert (due_at) where delivery = 'WAITING';

-- rows leave when Kafka has acknowledged them
create table recovery_event (
    position bigint generated always as identity primary key,
    id       uuid        not null unique,
    run_key  uuid        not null,
    type     text        not null,
    at       timestamptz not null,
    body     text        not null
);
