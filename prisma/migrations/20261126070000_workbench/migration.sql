create table "query_run" (
  "id" text not null,
  "userId" text not null,
  "sql" text not null,
  "products" text[] default array[]::text[],
  "status" text not null,
  "error" text,
  "format" text not null,
  "rowCount" bigint,
  "elapsedMs" double precision,
  "startedAt" timestamptz(3) not null,
  "finishedAt" timestamptz(3),
  constraint "query_run_pkey" primary key ("id")
);
create index "query_run_userId_id_idx" on "query_run" ("userId", "id" desc);

create table "saved_query" (
  "id" text not null,
  "userId" text not null,
  "name" text not null,
  "description" text not null default '',
  "sql" text not null,
  "products" text[] default array[]::text[],
  "domainId" text,
  "rev" integer not null default 1,
  "createdAt" timestamptz(3) not null,
  "updatedAt" timestamptz(3) not null,
  "deletedAt" timestamptz(3),
  constraint "saved_query_pkey" primary key ("id")
);
create index "saved_query_userId_updatedAt_idx" on "saved_query" ("userId", "updatedAt" desc);
create index "saved_query_domainId_idx" on "saved_query" ("domainId");
-- One name a person among those that are not thrown away.
create unique index "saved_query_userId_name_key" on "saved_query" ("userId", "name") where "deletedAt" is null;
