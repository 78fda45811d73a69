-- The audit log becomes a table of months. A unique index cannot span months without its time, so the place where a
-- chain goes on is kept in `audit_head`: a writer locks one of its rows, and numbers stay dense. Looking for the last
-- row of a chain would otherwise cost a look into every month for every decision.
create table "audit_head" (
  "chain" integer not null,
  "seq" bigint not null,
  "hash" bytea not null,
  constraint "audit_head_pkey" primary key ("chain")
) with (fillfactor = 20);
insert into audit_head select n, coalesce(last.seq, 0), coalesce(last.hash, decode(repeat('00', 32), 'hex'))
  from generate_series(0, 15) n
  left join lateral (select seq, hash from audit_event where chain = n order by seq desc limit 1) last on true;

create function audit_head_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.chain = old.chain and new.seq > old.seq then return new; end if;
  end if;
  raise exception 'a chain of the audit log only grows' using errcode = '42501';
end $$;
create trigger audit_head_forward before update or delete on audit_head
  for each row execute function audit_head_forward();
create trigger audit_head_whole before truncate on audit_head
  for each statement execute function audit_refuse_change();

alter table audit_event rename to audit_event_whole;
alter table audit_event_whole rename constraint audit_event_pkey to audit_event_whole_pkey;
create table audit_event (like audit_event_whole including defaults) partition by range (at);
create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_refuse_change();
-- No row is ever refused: one whose month is not there yet waits here.
create table audit_event_default partition of audit_event default;
create trigger audit_event_append_only before update or delete or truncate on audit_event_default
  for each statement execute function audit_refuse_change();

-- Adds the month (UTC) that begins on `first`, append-only as the log itself. What waits in the default partition for
-- it moves in. Attaching blocks no writer; readers that hold the default partition for long make it try again later.
create function audit_add_month(first date) returns boolean language plpgsql
  set search_path = pg_catalog, pg_temp set lock_timeout = '3s' as $$
declare
  part text := 'audit_event_' || to_char(first, 'YYYY_MM');
  low timestamptz := first::timestamp at time zone 'UTC';
  high timestamptz := (first + interval '1 month') at time zone 'UTC';
begin
  perform pg_advisory_xact_lock(7303);
  if to_regclass('public.' || part) is not null then return false; end if;
  execute format('create table public.%I (like public.audit_event including all)', part);
  if exists (select from public.audit_event_default where at >= low and at < high) then
    alter table public.audit_event_default disable trigger audit_event_append_only;
    execute format('with moved as (delete from public.audit_event_default where at >= $1 and at < $2 returning *)
      insert into public.%I select * from moved', part) using low, high;
    alter table public.audit_event_default enable trigger audit_event_append_only;
  end if;
  execute format('create trigger audit_event_append_only before update or delete or truncate on public.%I
    for each statement execute function public.audit_refuse_change()', part);
  execute format('alter table public.audit_event attach partition public.%I for values from (%L) to (%L)',
    part, low, high);
  return true;
end $$;

-- This month and the next three. The application's role may call it and can make no table otherwise.
create function audit_prepare_months() returns integer language sql security definer
  set search_path = pg_catalog, pg_temp as $$
  select count(*) filter (where public.audit_add_month(month::date))::integer
  from generate_series(date_trunc('month', now() at time zone 'UTC'),
    date_trunc('month', now() at time zone 'UTC') + interval '3 months', interval '1 month') month
$$;
revoke all on function audit_add_month(date), audit_prepare_months() from public;

select audit_add_month(month) from (select distinct date_trunc('month', at at time zone 'UTC')::date as month
  from audit_event_whole) months order by month;
select audit_prepare_months();
insert into audit_event select * from audit_event_whole order by at;
drop table audit_event_whole;

alter table audit_event add constraint "audit_event_pkey" primary key ("chain", "seq", "at");
create index "audit_event_id_idx" on audit_event ("id");
create index "audit_event_at_chain_seq_idx" on audit_event ("at" desc, "chain", "seq");
create index "audit_event_productId_at_idx" on audit_event ("productId", "at" desc);
create index "audit_event_domainId_at_idx" on audit_event ("domainId", "at" desc);
create index "audit_event_requestId_idx" on audit_event ("requestId");
-- Actions are searched by how they begin.
create index "audit_event_action_at_idx" on audit_event ("action" text_pattern_ops, "at" desc);
create index "audit_event_actorLabel_at_idx" on audit_event ("actorLabel", "at" desc);
create index "audit_event_denied_at_idx" on audit_event ("at" desc, "chain", "seq") where decision = 'deny';
