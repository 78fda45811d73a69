-- Somebody has the products of a campaign counted: a job does it, and people see how far it is.
CREATE TABLE "campaign_count" (
  "id" TEXT NOT NULL,
  "campaignId" TEXT NOT NULL,
  "done" INTEGER NOT NULL DEFAULT 0,
  "products" INTEGER NOT NULL,
  "after" TEXT NOT NULL DEFAULT '',
  "status" TEXT NOT NULL DEFAULT 'queued',
  "failure" TEXT,
  "requestedById" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "campaign_count_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "campaign_count_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "campaign_count_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "campaign_count_campaignId_createdAt_idx" ON "campaign_count" ("campaignId", "createdAt" DESC);
-- One at a time.
CREATE UNIQUE INDEX "campaign_count_queued" ON "campaign_count" ("campaignId") WHERE "status" = 'queued';
