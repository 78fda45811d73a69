-- A product's contract as it was, is, or may become; and who agreed to a breaking change.
CREATE TABLE "contract_version" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'proposed',
  "descriptor" JSONB NOT NULL,
  "etl" JSONB NOT NULL,
  "environment" TEXT,
  "bump" TEXT,
  "reason" TEXT NOT NULL DEFAULT '',
  "windowDays" INTEGER NOT NULL DEFAULT 0,
  "authorId" TEXT,
  "baseVersion" TEXT,
  "error" TEXT,
  "attempt" INTEGER NOT NULL DEFAULT 0,
  "overriddenById" TEXT,
  "overrideReason" TEXT NOT NULL DEFAULT '',
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "activatedAt" TIMESTAMPTZ(3),
  "deprecatedAt" TIMESTAMPTZ(3),
  "sunsetAt" TIMESTAMPTZ(3),
  "sunsetReason" TEXT NOT NULL DEFAULT '',
  "retiredAt" TIMESTAMPTZ(3),
  "nextRunAt" TIMESTAMPTZ(3),
  CONSTRAINT "contract_version_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "contract_version_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "contract_version_productId_createdAt_idx" ON "contract_version"("productId", "createdAt" DESC);
CREATE INDEX "contract_version_status_sunsetAt_idx" ON "contract_version"("status", "sunsetAt");
-- One change at a time, one contract in force, and no version number twice.
CREATE UNIQUE INDEX "contract_version_open" ON "contract_version"("productId") WHERE "status" IN ('proposed', 'activating');
CREATE UNIQUE INDEX "contract_version_active" ON "contract_version"("productId") WHERE "status" = 'active';
CREATE UNIQUE INDEX "contract_version_number" ON "contract_version"("productId", "version") WHERE "status" <> 'withdrawn';

CREATE TABLE "contract_acknowledgement" (
  "id" TEXT NOT NULL,
  "versionId" TEXT NOT NULL,
  "userId" TEXT NOT NULL,
  "ground" JSONB NOT NULL DEFAULT '{}',
  "acknowledgedAt" TIMESTAMPTZ(3),
  "note" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "contract_acknowledgement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "contract_acknowledgement_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "contract_version"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "contract_acknowledgement_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "contract_acknowledgement_versionId_userId_key" ON "contract_acknowledgement"("versionId", "userId");
CREATE INDEX "contract_acknowledgement_userId_idx" ON "contract_acknowledgement"("userId");

ALTER TABLE "product_input" ADD COLUMN "version" TEXT;
ALTER TABLE "snapshot" ADD COLUMN "version" TEXT;
ALTER TABLE "usage_event" ADD COLUMN "version" TEXT, ADD COLUMN "columns" TEXT[] DEFAULT ARRAY[]::TEXT[];

-- What is live already has one contract: the one that it serves.
UPDATE "snapshot" s SET "version" = p."version" FROM "product" p WHERE p."id" = s."productId";
INSERT INTO "contract_version" ("id", "productId", "version", "status", "descriptor", "etl", "environment", "authorId", "createdAt", "activatedAt")
SELECT gen_random_uuid()::text, p."id", p."version", 'active', p."descriptor", coalesce(l."spec", '{}'), 'production', p."ownerId", p."createdAt", p."createdAt"
FROM "product" p LEFT JOIN "pipeline" l ON l."productId" = p."id"
WHERE p."status" IN ('production', 'deprecated');
