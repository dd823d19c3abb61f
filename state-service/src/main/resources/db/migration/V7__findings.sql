-- What was found in the log while it was folded is kept beside what looks at snapshots found. kind SNAPSHOT: a look at a snapshot.
-- The same log gives the same findings: place, kind, bot and occasion tell them apart, so reading it again adds none.
alter table state_validation_results
    alter column snapshot drop not null,
    add column kind          text not null default 'SNAPSHOT',
    add column topic_id      text,
    add column partition     integer,
    add column record_offset bigint,
    add column bot           uuid,
    add column occasion      bigint,
    add column sequence      bigint,
    add column happened_at   timestamptz,
    add column healed_at     timestamptz,
    add constraint snapshot_or_place check ((kind = 'SNAPSHOT') = (snapshot is not null) and (kind = 'SNAPSHOT') = (topic_id is null));

create unique index state_validation_results_place on state_validation_results (topic_id, partition, kind, bot, occasion)
    where kind <> 'SNAPSHOT';

create index state_validation_results_open on state_validation_results (kind, bot, partition) where healed_at is null and kind <> 'SNAPSHOT';

comment on column state_validation_results.bot is 'all zeros when the finding concerns the partition';
comment on column state_validation_results.occasion is 'the offset of the record, or the ownership in which such records count as one';

-- What stands before this offset was there before the database was begun: a rebuild meets it again, and says nothing.
alter table partition_offsets
    add column announce_from bigint not null default 0;
