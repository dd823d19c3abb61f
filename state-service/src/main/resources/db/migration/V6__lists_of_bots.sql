-- What lists of bots are filtered and sorted by. All of it is in the state, from which bots of before get it; last_activity is in
-- milliseconds since 1970, for a state can be of a time that PostgreSQL cannot write.
alter table bots
    add column kind text,
    add column strategy text,
    add column name text collate "C",
    add column labels text[],
    add column last_activity bigint;

update bots
set kind = known.kind, strategy = known.strategy, name = known.name, labels = known.labels, last_activity = known.last_activity
from (
    select bot,
           state ->> 'kind' as kind,
           left(state #>> '{configuration,strategy}', 200) as strategy,
           left(state #>> '{configuration,name}', 200) as name,
           array(select left(label.key || '=' || label.value, 200)
                 from json_each_text(state #> '{configuration,labels}') as label
                 order by label.key) as labels,
           (extract(epoch from (state ->> 'updatedAt')::timestamptz) * 1000)::bigint as last_activity
    from (select bot, convert_from(state, 'UTF8')::json as state from bots) as stored
) as known
where known.bot = bots.bot;

alter table bots
    alter column kind set not null,
    alter column strategy set not null,
    alter column name set not null,
    alter column labels set not null,
    alter column last_activity set not null;

-- None of these changes while a bot trades, so that its row is updated in place (HOT). profit, trades and last_activity do, with each batch.
create index bots_status on bots (status, id);
create index bots_kind on bots (kind, id);
create index bots_strategy on bots (strategy, id);
create index bots_name on bots (name, id);
create index bots_labels on bots using gin (labels);
create index bots_emergency on bots (id) where emergency;
