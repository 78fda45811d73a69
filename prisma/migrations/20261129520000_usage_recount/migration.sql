-- Counting days of use again, a day at a time.
CREATE TABLE "usage_recount" (
  "id" TEXT NOT NULL,
  "fromDay" DATE NOT NULL,
  "toDay" DATE NOT NULL,
  "nextDay" DATE NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'queued',
  "failure" TEXT,
  "requestedById" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "usage_recount_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "usage_recount_requestedById_fkey" FOREIGN KEY ("requestedById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "usage_recount_createdAt_idx" ON "usage_recount" ("createdAt" DESC);
