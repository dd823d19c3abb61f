-- While anew_to is set, the log is not the one that was folded before: it is folded from its start up to that offset, behind the states
-- that are known, and none of them is replaced by an older one.
alter table partition_offsets
    add column anew_to    bigint,
    add column anew_since timestamptz;
