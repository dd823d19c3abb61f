-- Who may work on a workspace: the row outlives its holders, so that the fence only ever grows.
create table lease (
    name       text primary key,
    fence      bigint      not null,
    expires_at timestamptz not null
);

create table backup (
    id              uuid primary key,
    workspace       text        not null,
    kind            text        not null,
    status          text        not null,
    description     text        not null,
    safety          boolean     not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    fence           bigint,
    files           integer     not null default 0,
    bytes_done      bigint      not null default 0,
    bytes_total     bigint,
    object_name     text,
    manifest_name   text,
    archive_bytes   bigint,
    sha256          text,
    md5             text,
    manifest_sha256 text,
    verified_at     timestamptz,
    finished_at     timestamptz,
    failure         text,
    swept           boolean     not null default false,
    unique (requested_by, idempotency_key)
);
create index backup_of_workspace on backup (workspace, id desc);
create index backup_unfinished on backup (workspace) where status in ('REQUESTED', 'RUNNING', 'UPLOADED');
create index backup_unswept on backup (id) where status = 'FAILED' and not swept;

-- How the watched files were in a verified backup: answers "where is the newest good copy" without the bucket.
create table watched_file (
    backup_id uuid   not null references backup (id) on delete cascade,
    path      text   not null,
    size      bigint not null,
    sha256    text,
    condition text   not null,
    primary key (backup_id, path)
);

create table restore (
    id               uuid primary key,
    backup_id        uuid        not null references backup (id),
    workspace        text        not null,
    paths            text,
    status           text        not null,
    step             text        not null,
    requested_by     text        not null,
    requested_at     timestamptz not null,
    idempotency_key  text,
    fingerprint      text,
    fence            bigint,
    safety_backup_id uuid references backup (id),
    files            text        not null default '[]',
    finished_at      timestamptz,
    failure          text,
    unique (requested_by, idempotency_key)
);
create index restore_unfinished on restore (workspace) where status = 'RUNNING';

create table outbox (
    position  bigint generated always as identity primary key,
    event_id  uuid        not null,
    event_key text        not null,
    type      text        not null,
    data      bytea       not null,
    at        timestamptz not null
);
