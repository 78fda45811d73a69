-- The tested path to production: staging, four suites, gates, releases, deprecation.
ALTER TABLE "product" ADD COLUMN "deprecatedAt" TIMESTAMPTZ(3),
  ADD COLUMN "sunsetAt" TIMESTAMPTZ(3),
  ADD COLUMN "successorId" TEXT,
  ADD COLUMN "deprecationNote" TEXT NOT NULL DEFAULT '';
ALTER TABLE "product_environment" ADD COLUMN "releaseId" TEXT,
  ADD COLUMN "candidate" JSONB NOT NULL DEFAULT '{}';
ALTER TABLE "provisioning_run" ADD COLUMN "publishes" BOOLEAN NOT NULL DEFAULT true,
  ADD COLUMN "candidateId" TEXT;
ALTER TABLE "provisioning_step" ADD COLUMN "environment" TEXT NOT NULL DEFAULT 'production';
ALTER TABLE "snapshot" ADD COLUMN "releaseId" TEXT;

CREATE TABLE "release" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "version" TEXT NOT NULL,
  "descriptor" JSONB NOT NULL,
  "etl" JSONB NOT NULL,
  "lastSnapshotId" TEXT,
  "runId" TEXT NOT NULL,
  "promotedById" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "release_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "release_runId_key" ON "release"("runId");
CREATE UNIQUE INDEX "release_productId_number_key" ON "release"("productId", "number");
ALTER TABLE "release" ADD CONSTRAINT "release_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "test_run" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "runId" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "snapshotId" TEXT NOT NULL,
  "suite" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "summary" TEXT NOT NULL DEFAULT '',
  "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "finishedAt" TIMESTAMPTZ(3),
  CONSTRAINT "test_run_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "test_run_productId_startedAt_idx" ON "test_run"("productId", "startedAt" DESC);
CREATE INDEX "test_run_runId_idx" ON "test_run"("runId");
ALTER TABLE "test_run" ADD CONSTRAINT "test_run_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "test_result" (
  "testRunId" TEXT NOT NULL,
  "ordinal" INTEGER NOT NULL,
  "name" TEXT NOT NULL,
  "status" TEXT NOT NULL,
  "message" TEXT NOT NULL DEFAULT '',
  "detail" JSONB NOT NULL DEFAULT '{}',
  CONSTRAINT "test_result_pkey" PRIMARY KEY ("testRunId","ordinal")
);
ALTER TABLE "test_result" ADD CONSTRAINT "test_result_testRunId_fkey" FOREIGN KEY ("testRunId") REFERENCES "test_run"("id") ON DELETE CASCADE ON UPDATE CASCADE;

CREATE TABLE "transformation_sample" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "inputs" JSONB NOT NULL,
  "expected" JSONB NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "transformation_sample_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "transformation_sample_productId_name_key" ON "transformation_sample"("productId", "name");
ALTER TABLE "transformation_sample" ADD CONSTRAINT "transformation_sample_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was live before there were releases is a product's first.
INSERT INTO "release" ("id", "productId", "number", "version", "descriptor", "etl", "runId")
  SELECT 'first-' || p."id", p."id", 1, p."version", p."descriptor", l."spec", 'first-' || p."id"
  FROM "product" p JOIN "pipeline" l ON l."productId" = p."id"
  JOIN "product_environment" e ON e."productId" = p."id" AND e."environment" = 'production' AND e."status" = 'live';
UPDATE "product_environment" SET "releaseId" = 'first-' || "productId"
  WHERE "environment" = 'production' AND "status" = 'live'
    AND EXISTS (SELECT 1 FROM "release" r WHERE r."id" = 'first-' || "productId");
UPDATE "snapshot" SET "releaseId" = 'first-' || "productId"
  WHERE "environment" = 'production'
    AND EXISTS (SELECT 1 FROM "release" r WHERE r."id" = 'first-' || "productId");
