-- Why a stored segment was of no use when it was read last: its object is damaged, another one, or gone. Null where it was well, or never read.
alter table segment add column damage text;
create index segment_damaged on segment (topic_id, partition, first_offset) where damage is not null;
