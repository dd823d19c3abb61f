-- How a restore was asked for besides its paths, and what it found out: JSON, so that both can grow.
alter table restore add column options text not null default '{}';
alter table restore add column report text not null default '{}';

-- The backup of what a restore left, taken after it.
alter table restore add column fresh_backup_id uuid references backup (id);

-- What a restore that is only looked at would do with each path.
create table restore_difference (
    restore_id uuid not null references restore (id) on delete cascade,
    path       text collate "C" not null,
    effect     text not null,
    present    text,
    restored   text,
    primary key (restore_id, path)
);
