-- Somebody wants a restore to end before its time; whoever carries it out sees that in front of the next bot.
alter table system_recovery_logs
    add column cancelled_by text,
    add column cancelled_at timestamptz;
