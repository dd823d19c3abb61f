-- When kinds of backups come by themselves: what was said by REST, and which time of an expression was taken last.
create table schedule (
    id         text primary key,
    workspace  text   not null,
    kind       text   not null,
    version    bigint not null default 0,
    cron       text,
    zone       text,
    changed_by text,
    counted_by text,
    last_time  timestamptz,
    check (cron is null or (zone is not null and changed_by is not null))
);
