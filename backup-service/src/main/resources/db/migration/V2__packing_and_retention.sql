-- What the archive is packed with, settled when the backup is asked for: its objects' names follow from it. The default is for a replica of
-- before, which may still take backups.
alter table backup add column packing text not null default 'tar.gz';

-- Why somebody wants it kept.
alter table backup add column pin text;

-- Of what retention gave up, with the reason in "failure": when, and which younger good backup stands for it.
alter table backup add column expired_at timestamptz;
alter table backup add column remains uuid references backup (id);
create index backup_expired on backup (id) where status = 'EXPIRED';

create table retention_run (
    id              uuid primary key,
    workspace       text        not null,
    status          text        not null,
    requested_by    text        not null,
    requested_at    timestamptz not null,
    idempotency_key text,
    fingerprint     text,
    deleted         integer     not null default 0,
    refusal         text,
    finished_at     timestamptz,
    unique (requested_by, idempotency_key)
);
create index retention_run_waiting on retention_run (workspace, id) where status = 'REQUESTED';

-- Who comes from a version without clean-ups sees a plan first, until the next regular time.
insert into retention_run (id, workspace, status, requested_by, requested_at, finished_at)
select ('00000000-0000-7000-8000-' || lpad((row_number() over (order by workspace))::text, 12, '0'))::uuid,
       workspace, 'COMPLETED', 'upgrade', now(), now()
  from backup group by workspace;
