-- Which version of an object is the one that was written, in a bucket that keeps several.
create table written_version (
    object  text primary key,
    version text not null
);

-- Until when the bucket refuses to delete both objects of a backup.
create table object_lock (
    backup_id    uuid primary key references backup (id),
    mode         text        not null,
    locked_until timestamptz not null
);
