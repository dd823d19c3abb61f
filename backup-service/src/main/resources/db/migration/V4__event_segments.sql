-- The partitions of which the event archive knows; a topic that was made anew has another id and stands beside the old one.
create table segment_partition (
    topic_id   text        not null,
    partition  integer     not null,
    topic      text        not null,
    first_seen timestamptz not null default now(),
    divergence text,
    primary key (topic_id, partition)
);

-- Tiles each partition from offset 0 on: UPLOADING is a promise of the newest one, STORED was read back, LOST never came into the archive.
create table segment (
    topic_id     text    not null,
    partition    integer not null,
    first_offset bigint  not null,
    end_offset   bigint  not null,
    status       text    not null,
    fence        bigint  not null,
    object_name  text,
    bytes        bigint,
    sha256       text,
    records      integer not null default 0,
    first_time   timestamptz,
    last_time    timestamptz,
    last_record  text,
    stored_at    timestamptz,
    primary key (topic_id, partition, first_offset),
    check (end_offset > first_offset),
    check (status = 'LOST' or (object_name is not null and sha256 is not null))
);
create index segment_lost on segment (topic_id, partition, first_offset) where status = 'LOST';
