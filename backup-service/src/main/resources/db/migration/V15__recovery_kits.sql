-- The recovery kits of which somebody said that they are kept, where, and which backups they restore.
create table recovery_kit (
    sha256  text primary key,
    made_at timestamptz not null,
    kept_at timestamptz not null,
    kept_by text        not null,
    place   text        not null
);
create index recovery_kit_newest on recovery_kit (made_at);

create table recovery_kit_backup (
    sha256    text not null references recovery_kit (sha256),
    backup_id uuid not null references backup (id),
    primary key (sha256, backup_id)
);
