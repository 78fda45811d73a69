-- The statement that the portal's key signed about the checkpoint (JWS); null on those from before.
alter table audit_checkpoint add column signature text;
