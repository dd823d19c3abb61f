-- In which versions of a format this database may hold something: each version of the service writes down here what it writes, before it does.
create table stored_formats (
    format  text        not null,
    version integer     not null,
    since   timestamptz not null default now(),
    primary key (format, version)
);

-- All states so far are of the first version.
insert into stored_formats (format, version) select 'BOT_STATE', 1 where exists (select 1 from bots);
