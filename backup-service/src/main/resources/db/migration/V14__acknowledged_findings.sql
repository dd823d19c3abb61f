-- Who said of a finding that it is known, and of which: what is found otherwise since is another one.
alter table seal_finding_told
    add column acknowledged_by       text,
    add column acknowledged_at       timestamptz,
    add column acknowledged_reason   text,
    add column acknowledged_expected text,
    add column acknowledged_found    text,
    add constraint acknowledged check (
        num_nulls(acknowledged_by, acknowledged_at, acknowledged_reason, acknowledged_expected, acknowledged_found) in (0, 5));
