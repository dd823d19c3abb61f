-- The catalogue made again from the bucket; one at a time.
create table catalogue_rebuild (
    id              uuid primary key,
    status          text        not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    archives        bigint      not null default 0,
    finished_at     timestamptz,
    failure         text,
    unique (requested_by, idempotency_key)
);
create unique index catalogue_rebuild_running on catalogue_rebuild (status) where status = 'RUNNING';

-- What became of each archive that the catalogue did not know.
create table catalogue_rebuild_finding (
    rebuild_id uuid   not null references catalogue_rebuild (id),
    backup_id  uuid   not null,
    object     text   not null,
    bytes      bigint not null,
    outcome    text   not null,
    detail     text,
    primary key (rebuild_id, backup_id)
);

create index backup_found on backup (id) where status = 'FOUND';

-- The bucket held against the catalogue, object by object.
create table bucket_comparison (
    id              uuid primary key,
    status          text        not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    objects         bigint      not null default 0,
    finished_at     timestamptz,
    failure         text,
    sweep           text,
    sweep_by        text,
    sweep_refusal   text,
    unique (requested_by, idempotency_key)
);
create unique index bucket_comparison_running on bucket_comparison (status) where status = 'RUNNING';

create index bucket_comparison_sweep on bucket_comparison (id) where sweep = 'RUNNING';

create table bucket_difference (
    comparison_id uuid not null references bucket_comparison (id),
    object        text not null,
    kind          text not null,
    backup_id     uuid,
    bytes         bigint,
    detail        text not null,
    swept_at      timestamptz,
    primary key (comparison_id, object)
);

-- What the storage called the content of a completed backup's object when it was first compared.
create table seen_object (
    object    text primary key,
    version   text not null,
    backup_id uuid not null references backup (id)
);
