-- A state is compressed by the service, from some size on: PostgreSQL need not try it again.
alter table bots
    alter column state set storage external;
