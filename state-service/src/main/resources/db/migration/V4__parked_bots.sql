-- Bots that are not followed any more because a record of theirs is not understood. Changes in the transaction of states and offsets.
-- A bot whose first record is not understood is here and not in bots.

create table parked_bots (
    partition     integer not null,
    bot           uuid    not null,
    type          text    not null,
    why           text    not null,
    record_offset bigint  not null,
    epoch         bigint  not null,
    sequence      bigint  not null,
    since         bigint  not null,
    primary key (partition, bot)
);

create index parked_bots_bot on parked_bots (bot);

comment on column parked_bots.record_offset is 'of the first record that is not understood';
comment on column parked_bots.epoch is 'of the partition at that record';
comment on column parked_bots.sequence is 'the highest number of the bot that was passed over';
comment on column parked_bots.since is 'milliseconds since 1970: when that record was written, as the log has it';

-- Counted up when parked bots were taken up again: whoever folds the partition in memory has it no more as it is stored.
alter table partition_offsets
    add column revision bigint not null default 0,
    add column parked bigint not null default 0;
