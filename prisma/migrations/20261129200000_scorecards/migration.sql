CREATE TABLE "scorecard" (
  "productId" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "score" DOUBLE PRECISION NOT NULL,
  "levels" INTEGER[],
  "results" JSONB NOT NULL,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "scorecard_pkey" PRIMARY KEY ("productId"),
  CONSTRAINT "scorecard_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "scorecard_level_idx" ON "scorecard" ("level");

CREATE TABLE "scorecard_change" (
  "productId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "level" INTEGER,
  "before" INTEGER,
  "score" DOUBLE PRECISION NOT NULL,
  "levels" INTEGER[],
  "changes" JSONB NOT NULL DEFAULT '[]',
  CONSTRAINT "scorecard_change_pkey" PRIMARY KEY ("productId", "at"),
  CONSTRAINT "scorecard_change_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "scorecard_change_at_idx" ON "scorecard_change" ("at");

CREATE TABLE "scorecard_clock" (
  "id" TEXT NOT NULL,
  "claimedAt" TIMESTAMPTZ(3) NOT NULL,
  "recordedAt" TIMESTAMPTZ(3),
  CONSTRAINT "scorecard_clock_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "custom_check" (
  "id" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "domainId" TEXT,
  "title" TEXT NOT NULL,
  "words" TEXT NOT NULL,
  "property" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "expression" TEXT NOT NULL,
  "nextStep" TEXT NOT NULL,
  "rev" INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "archivedAt" TIMESTAMPTZ(3),
  CONSTRAINT "custom_check_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "custom_check_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "custom_check_name_key" ON "custom_check" ("name");
CREATE INDEX "custom_check_archivedAt_idx" ON "custom_check" ("archivedAt");

CREATE TABLE "custom_check_version" (
  "checkId" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "title" TEXT NOT NULL,
  "words" TEXT NOT NULL,
  "property" TEXT NOT NULL,
  "level" INTEGER NOT NULL,
  "expression" TEXT NOT NULL,
  "nextStep" TEXT NOT NULL,
  "isArchived" BOOLEAN NOT NULL,
  "authorId" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "custom_check_version_pkey" PRIMARY KEY ("checkId", "rev"),
  CONSTRAINT "custom_check_version_checkId_fkey" FOREIGN KEY ("checkId") REFERENCES "custom_check"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "custom_check_version_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);

CREATE TABLE "campaign" (
  "id" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "words" TEXT NOT NULL DEFAULT '',
  "kind" TEXT NOT NULL,
  "target" TEXT,
  "level" INTEGER,
  "deadline" TIMESTAMPTZ(3) NOT NULL,
  "everyDays" INTEGER NOT NULL,
  "remindedRound" INTEGER NOT NULL DEFAULT 0,
  "status" TEXT NOT NULL DEFAULT 'open',
  "rev" INTEGER NOT NULL DEFAULT 1,
  "createdById" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  "closedById" TEXT,
  "closedAt" TIMESTAMPTZ(3),
  "outcome" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "campaign_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "campaign_createdById_fkey" FOREIGN KEY ("createdById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "campaign_closedById_fkey" FOREIGN KEY ("closedById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "campaign_status_deadline_idx" ON "campaign" ("status", "deadline");

CREATE TABLE "campaign_product" (
  "campaignId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "isReached" BOOLEAN,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "campaign_product_pkey" PRIMARY KEY ("campaignId", "productId"),
  CONSTRAINT "campaign_product_campaignId_fkey" FOREIGN KEY ("campaignId") REFERENCES "campaign"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "campaign_product_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "campaign_product_productId_idx" ON "campaign_product" ("productId");

CREATE TABLE "campaign_event" (
  "campaignId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "isReached" BOOLEAN,
  "before" BOOLEAN,
  CONSTRAINT "campaign_event_pkey" PRIMARY KEY ("campaignId", "productId", "at"),
  CONSTRAINT "campaign_event_campaignId_productId_fkey" FOREIGN KEY ("campaignId", "productId") REFERENCES "campaign_product"("campaignId", "productId") ON DELETE CASCADE ON UPDATE CASCADE
);
