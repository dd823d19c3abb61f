-- One event can be several trades: the legs of a cycle have its sequence and the numbers 1, 2, 3; an event's only trade has 0.
alter table trades
    add column leg smallint not null default 0;
alter table trades
    drop constraint trades_pkey;
alter table trades
    add primary key (bot, sequence, leg);
