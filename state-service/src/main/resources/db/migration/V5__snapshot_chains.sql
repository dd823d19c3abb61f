-- Snapshots whose content is read frame by frame, and that build on one another; which bots have changed since a cut; what a look at a
-- snapshot says of its quality.

-- frames: where in the content each frame is, as JSON, with the SHA-256 of that text; null for contents of format 1, which have none.
-- base: what an INCREMENTAL one builds on, with the SHA-256 that the base had then.
alter table system_state_snapshots
    add column frames        bytea,
    add column frames_sha256 text,
    add column base          uuid references system_state_snapshots (id),
    add column base_sha256   text,
    add constraint frames_and_their_hash check ((frames is null) = (frames_sha256 is null)),
    add constraint base_and_its_hash check ((base is null) = (base_sha256 is null)),
    add constraint incremental_has_a_base check ((kind = 'INCREMENTAL') = (base is not null));

create index system_state_snapshots_base on system_state_snapshots (base);

-- 0 to 100; unknown of the looks before there was one.
alter table state_validation_results add column score smallint check (score between 0 and 100);

-- changed: the end of the batch that changed the bot last, so that "since a cut" is changed > the cut's offset of the bot's partition.
-- era: the same without its lowest 14 bits. It is what is indexed: an index on a number that each update raises would be written by each
-- update, this one once in 16,384 records of the partition.
-- Neither has a default: a writer of before this migration must fail rather than change a bot and not say so.
alter table bots
    add column changed bigint,
    add column era     bigint;

update bots set changed = p.next_offset, era = p.next_offset >> 14
from partition_offsets p
where p.partition = bots.partition;

alter table bots
    alter column changed set not null,
    alter column era set not null;

drop index bots_partition;
create index bots_partition_era on bots (partition, era);
