-- How much of the archives that a restore needs was read, in bytes as they are stored.
alter table restore
    add column bytes_done bigint,
    add column bytes_total bigint;
