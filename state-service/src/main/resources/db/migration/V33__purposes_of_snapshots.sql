-- What a snapshot was taken for: to be gone back to, for a backup, or as the way back of a restore. Only of the first is the newest one meant where
-- somebody wants to go back to the newest.
alter table system_state_snapshots
    add column purpose text not null default 'RESTORE_POINT';
