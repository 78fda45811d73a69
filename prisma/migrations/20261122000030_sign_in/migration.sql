-- Attempts to sign in, counted per address and per account, shared by every web process.
create table sign_in_attempt (
  key text primary key,
  attempts integer not null,
  "resetsAt" timestamptz(3) not null
);
create index "sign_in_attempt_resetsAt_idx" on sign_in_attempt ("resetsAt");

-- The organisation-wide roles that the identity provider's groups gave, so that it can take them back.
alter table "user" add column "oidcRoles" text[] default array[]::text[];
