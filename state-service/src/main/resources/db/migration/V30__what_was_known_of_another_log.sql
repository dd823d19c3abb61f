-- In which log, and up to which ownership of it, the states were known that a log which was made anew or lost its end does not lead to: by
-- that their owner tells what was written behind the loss. Null: not known, as for what was found before, and where states of two such logs
-- are kept.
alter table partition_offsets
    add column known_topic_id text,
    add column known_epoch    bigint,
    add constraint known_in check ((known_topic_id is null) = (known_epoch is null));
