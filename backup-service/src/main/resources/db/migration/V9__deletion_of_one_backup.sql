-- A clean-up of one backup that somebody wants gone, and why; null of one that goes by the policy.
alter table retention_run add column backup_id uuid references backup (id);
alter table retention_run add column reason text;
