-- What a snapshot says of its moment beside the bots' states: the system's mode as it was known then, and who was parked at its cut.
-- Null of snapshots that were taken before this, and of a mode that nobody had said.
alter table system_state_snapshots
    add column mode       text,
    add column mode_since timestamptz,
    add column parked     bytea,
    add constraint mode_and_its_time check ((mode is null) = (mode_since is null));

comment on column system_state_snapshots.parked is 'JSON: the rows of parked_bots at the cut';

-- Snapshots are compared but for the bots that a person accepted since.
create index rebuilds_accepted on rebuilds (changed_at) where accepted is not null;
