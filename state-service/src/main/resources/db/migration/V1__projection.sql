-- The fold of the log: how far each partition is folded, and the states and trades up to there.
-- All three change in one transaction, whose first statement moves next_offset from where the writer believes it to be.

create table partition_offsets (
    partition    integer primary key,
    topic_id     text    not null,
    next_offset  bigint  not null check (next_offset >= 0),
    epoch        bigint  not null check (epoch >= 0),
    stale_claims bigint  not null default 0,
    fenced       bigint  not null default 0,
    duplicates   bigint  not null default 0,
    gaps         bigint  not null default 0,
    refused      bigint  not null default 0
);

-- The columns beside the state are what lists filter by and the system's sums need.
create table bots (
    bot       bigint generated always as identity primary key,
    id        uuid    not null unique,
    partition integer not null,
    sequence  bigint  not null,
    status    text    not null,
    emergency boolean not null,
    trades    bigint  not null,
    restarts  bigint  not null,
    profit    numeric(38, 8) not null,
    state     bytea   not null
);

create index bots_partition on bots (partition);

-- No foreign key: a trade and its bot are written by the same transaction, and the check would cost a look-up a row.
create table trades (
    bot      bigint not null,
    sequence bigint not null,
    trade    bytea  not null,
    primary key (bot, sequence)
);
