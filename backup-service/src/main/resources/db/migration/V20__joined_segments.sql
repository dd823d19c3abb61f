-- How many bytes of records a segment has (null: archived before that was noted), and of how many smaller ones it was joined (null: it is as it was
-- archived; 0: it was found in the bucket, and nobody knows).
alter table segment add column content_bytes bigint, add column joined_from integer;
create index segment_to_join on segment (topic_id, partition, first_offset) where status = 'STORED' and joined_from is null;

-- What was joined into larger ones, as its rows were, until its objects are removed: they come back where the larger one is not whole then.
create table joined_segment (
    topic_id      text        not null,
    partition     integer     not null,
    first_offset  bigint      not null,
    end_offset    bigint      not null,
    object_name   text        not null,
    bytes         bigint      not null,
    sha256        text        not null,
    content_bytes bigint,
    records       integer     not null,
    first_time    timestamptz not null,
    last_time     timestamptz not null,
    last_record   text        not null,
    stored_at     timestamptz not null,
    fence         bigint      not null,
    joined_first  bigint      not null,
    joined_at     timestamptz not null,
    primary key (topic_id, partition, first_offset)
);
create index joined_segment_of on joined_segment (topic_id, partition, joined_first);
create index segment_joined on segment (topic_id, partition) where joined_from is not null;
