-- The newest seal of each workspace: whoever adds one holds this row until it is committed, so the chain cannot fork.
create table seal_chain (
    workspace text primary key,
    number    bigint not null,
    sha256    text
);

-- The seals as they are stored in the bucket, byte for byte.
create table seal (
    workspace text    not null references seal_chain (workspace),
    number    bigint  not null,
    sha256    text    not null unique,
    act       text    not null,
    backup_id uuid    not null,
    content   bytea   not null,
    stored    boolean not null,
    primary key (workspace, number)
);
create index seal_of_backup on seal (backup_id, act);
create index seal_waiting on seal (workspace, number) where not stored;

-- The chain of a workspace held against bucket and catalogue; one at a time.
create table seal_check (
    id              uuid primary key,
    workspace       text        not null,
    status          text        not null,
    archives        boolean     not null,
    noted_number    bigint,
    noted_sha256    text,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    head_number     bigint,
    head_sha256     text,
    seals           bigint      not null default 0,
    held            bigint      not null default 0,
    removed         bigint      not null default 0,
    finished_at     timestamptz,
    failure         text,
    unique (requested_by, idempotency_key)
);
create unique index seal_check_running on seal_check (workspace) where status = 'RUNNING';

create table seal_finding (
    check_id  uuid not null references seal_check (id) on delete cascade,
    object    text not null,
    kind      text not null,
    backup_id uuid,
    expected  text not null,
    found     text not null,
    primary key (check_id, object, kind)
);

-- What was told: it is told again only when it was gone in between.
create table seal_finding_told (
    workspace text not null,
    object    text not null,
    kind      text not null,
    primary key (workspace, object, kind)
);
