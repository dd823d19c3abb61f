-- Which record was folded last. Offsets alone do not tell a log that lost its end and has grown beyond the old place since.
-- Null: not known, as in what earlier versions folded.
alter table partition_offsets
    add column last_offset bigint,
    add column last_hash text,
    add constraint last_record check ((last_offset is null) = (last_hash is null));

comment on column partition_offsets.last_hash is 'SHA-256 of that record: its time, key, headers and value';
