-- The log is append-only for everybody who goes through SQL, the owner's mistakes included; the
-- application role has no right to try. What a superuser forges, the hash chain shows.
create function audit_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit log is append-only' using errcode = '42501';
end $$;

create trigger audit_event_append_only before update or delete or truncate on audit_event
  for each statement execute function audit_refuse_change();
create trigger audit_checkpoint_append_only before update or delete or truncate on audit_checkpoint
  for each statement execute function audit_refuse_change();
