-- What only one replica may do at a time. The fence rises with each holder: who was taken for dead and wakes up carries a lower one, and what
-- it writes is refused.
create table leases (
    name       text primary key,
    owner      text        not null,
    fence      bigint      not null,
    expires_at timestamptz not null
);
