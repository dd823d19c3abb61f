-- What an INCREMENTAL is built upon, how many it needs, and why one is a FULL after all.
alter table backup add column base_id uuid references backup (id);
alter table backup add column chain_position integer not null default 0;
alter table backup add column note text;
create index backup_of_base on backup (base_id) where base_id is not null;
