-- A loss that nothing in the log makes good any more is over when a person says so: who that was, and why.
alter table state_validation_results
    add column settled_by     text,
    add column settled_reason text,
    add constraint settled check ((settled_by is null) = (settled_reason is null) and (settled_by is null or healed_at is not null));
