-- How each bot, each service with its replicas, and each thing that they need is: one row a component, brought up to date by one replica at a
-- time. A row goes with its component, so there are never more than bots and a dozen others.
create table component_state_tracking (
    kind          text        not null check (kind in ('BOT', 'SERVICE', 'DEPENDENCY')),
    id            text collate "C" not null,
    name          text        not null,
    score         smallint    not null check (score between 0 and 100),
    reason        text,
    last_activity bigint,
    lag           bigint,
    errors        bigint      not null,
    looked_at     timestamptz not null,
    primary key (kind, id)
);

create index component_state_tracking_worst on component_state_tracking (kind, score, id);

comment on column component_state_tracking.reason is 'why the score is below 100; null when it is not';
comment on column component_state_tracking.last_activity is 'milliseconds since 1970';
comment on column component_state_tracking.looked_at is 'when it was found so; of a bot, since when: a row that would stay the same is not written';
