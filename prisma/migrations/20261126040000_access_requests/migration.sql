-- Requests for access, what a grant opens of the rows, and the history of both; roles for some hours.
ALTER TABLE "grant" ADD COLUMN "teamId" TEXT;
ALTER TABLE "grant" ADD COLUMN "readerId" TEXT;
ALTER TABLE "grant" ADD COLUMN "note" TEXT NOT NULL DEFAULT '';
ALTER TABLE "grant" ADD COLUMN "terms" JSONB;
ALTER TABLE "grant" ADD COLUMN "requestItemId" TEXT;
ALTER TABLE "grant" ADD COLUMN "reviewAt" TIMESTAMPTZ(3);
CREATE UNIQUE INDEX "grant_requestItemId_key" ON "grant"("requestItemId");
CREATE INDEX "grant_teamId_productId_idx" ON "grant"("teamId", "productId");
CREATE INDEX "grant_readerId_productId_idx" ON "grant"("readerId", "productId");

CREATE TABLE "grant_event" (
    "id" TEXT NOT NULL,
    "grantId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "state" JSONB NOT NULL,

    CONSTRAINT "grant_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "grant_event_grantId_at_idx" ON "grant_event"("grantId", "at");
ALTER TABLE "grant_event" ADD CONSTRAINT "grant_event_grantId_fkey" FOREIGN KEY ("grantId") REFERENCES "grant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "access_cart_item" (
    "userId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_cart_item_pkey" PRIMARY KEY ("userId","productId")
);
ALTER TABLE "access_cart_item" ADD CONSTRAINT "access_cart_item_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "access_cart_item" ADD CONSTRAINT "access_cart_item_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "access_request" (
    "id" TEXT NOT NULL,
    "requesterId" TEXT NOT NULL,
    "teamId" TEXT,
    "readerId" TEXT,
    "purpose" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "days" INTEGER NOT NULL,
    "renewsId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "access_request_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_request_requesterId_createdAt_idx" ON "access_request"("requesterId", "createdAt" DESC);
ALTER TABLE "access_request" ADD CONSTRAINT "access_request_requesterId_fkey" FOREIGN KEY ("requesterId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "access_request_item" (
    "id" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "terms" JSONB,
    "days" INTEGER,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "remindedAt" TIMESTAMPTZ(3),
    "escalatedAt" TIMESTAMPTZ(3),

    CONSTRAINT "access_request_item_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_request_item_requestId_idx" ON "access_request_item"("requestId");
CREATE INDEX "access_request_item_productId_status_idx" ON "access_request_item"("productId", "status");
CREATE INDEX "access_request_item_status_createdAt_idx" ON "access_request_item"("status", "createdAt");
ALTER TABLE "access_request_item" ADD CONSTRAINT "access_request_item_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "access_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "access_request_item" ADD CONSTRAINT "access_request_item_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "access_request_event" (
    "id" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "byId" TEXT,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "access_request_event_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_request_event_itemId_at_idx" ON "access_request_event"("itemId", "at");
ALTER TABLE "access_request_event" ADD CONSTRAINT "access_request_event_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "access_request_item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "auto_approval" (
    "productId" TEXT NOT NULL,
    "classifications" TEXT[],
    "isSameDomain" BOOLEAN NOT NULL DEFAULT true,
    "purposes" TEXT[],
    "maxDays" INTEGER NOT NULL,
    "setById" TEXT NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "auto_approval_pkey" PRIMARY KEY ("productId")
);
ALTER TABLE "auto_approval" ADD CONSTRAINT "auto_approval_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "access_deputy" (
    "id" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "deputyId" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "access_deputy_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "access_deputy_ownerId_until_idx" ON "access_deputy"("ownerId", "until");
CREATE INDEX "access_deputy_deputyId_until_idx" ON "access_deputy"("deputyId", "until");
ALTER TABLE "access_deputy" ADD CONSTRAINT "access_deputy_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "access_deputy" ADD CONSTRAINT "access_deputy_deputyId_fkey" FOREIGN KEY ("deputyId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "elevation" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "domainId" TEXT,
    "reason" TEXT NOT NULL,
    "hours" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'requested',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedById" TEXT,
    "decidedAt" TIMESTAMPTZ(3),
    "endsAt" TIMESTAMPTZ(3),

    CONSTRAINT "elevation_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "elevation_userId_status_idx" ON "elevation"("userId", "status");
CREATE INDEX "elevation_status_endsAt_idx" ON "elevation"("status", "endsAt");
ALTER TABLE "elevation" ADD CONSTRAINT "elevation_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "elevation" ADD CONSTRAINT "elevation_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Grants that were given before have a history too.
insert into "grant_event" ("id", "grantId", "kind", "at", "byId", "note", "state")
select 'granted-' || id, id, 'granted', "createdAt", nullif("grantedById", 'system'), '',
  jsonb_build_object('permissions', permissions, 'purpose', purpose, 'expiresAt', "expiresAt", 'terms', null)
from "grant";
insert into "grant_event" ("id", "grantId", "kind", "at", "byId", "note", "state")
select 'revoked-' || id, id, 'revoked', "revokedAt", nullif("revokedById", 'system'), '', '{}'::jsonb
from "grant" where "revokedAt" is not null;

-- History is added to, never changed.
create function access_history_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the history of access is append-only' using errcode = '42501';
end $$;
create trigger grant_event_append_only before update or delete or truncate on grant_event
  for each statement execute function access_history_refuse_change();
create trigger access_request_event_append_only before update or delete or truncate on access_request_event
  for each statement execute function access_history_refuse_change();
