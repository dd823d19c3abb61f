-- A bot's trades in front of its newest ones, which change with every event: they are written seldom, beside the state. The number of the event
-- behind which the trades were cut tells to which ones a state belongs.
alter table bots
    add column older    bytea,
    add column older_at bigint;

-- Compressed by the service, as the state.
alter table bots
    alter column older set storage external;
