-- AlterTable
ALTER TABLE "quality_run" ADD COLUMN "environment" TEXT NOT NULL DEFAULT 'production',
ADD COLUMN "totalRows" BIGINT,
ADD COLUMN "scans" INTEGER,
ADD COLUMN "durationMs" INTEGER,
ADD COLUMN "anomalies" JSONB NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "quality_result" ADD COLUMN "status" TEXT NOT NULL DEFAULT 'passed',
ADD COLUMN "value" DOUBLE PRECISION,
ADD COLUMN "sample" BIGINT[] DEFAULT ARRAY[]::BIGINT[];
UPDATE "quality_result" SET "status" = CASE WHEN "passed" THEN 'passed' ELSE 'failed' END;

-- CreateTable
CREATE TABLE "quality_incident" (
    "id" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "domainId" TEXT NOT NULL,
    "ruleId" TEXT,
    "ruleName" TEXT NOT NULL,
    "dimension" TEXT NOT NULL,
    "openKey" TEXT,
    "status" TEXT NOT NULL DEFAULT 'open',
    "level" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "failing" BIGINT NOT NULL DEFAULT 0,
    "checked" BIGINT NOT NULL DEFAULT 0,
    "assigneeId" TEXT,
    "rootCause" TEXT NOT NULL DEFAULT '',
    "runId" TEXT NOT NULL,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "rev" INTEGER NOT NULL DEFAULT 1,
    "openedAt" TIMESTAMPTZ(3) NOT NULL,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL,
    "resolvedAt" TIMESTAMPTZ(3),

    CONSTRAINT "quality_incident_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quality_incident_event" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "actorId" TEXT,
    "note" TEXT NOT NULL DEFAULT '',
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "quality_incident_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "quality_remediation" (
    "id" TEXT NOT NULL,
    "incidentId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "config" JSONB NOT NULL DEFAULT '{}',
    "status" TEXT NOT NULL DEFAULT 'queued',
    "fromSnapshotId" TEXT NOT NULL,
    "toSnapshotId" TEXT,
    "sideSnapshotId" TEXT,
    "rows" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "requestedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "quality_remediation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "quality_result_ruleId_idx" ON "quality_result"("ruleId");

-- CreateIndex
CREATE UNIQUE INDEX "quality_incident_openKey_key" ON "quality_incident"("openKey");

-- CreateIndex
CREATE INDEX "quality_incident_productId_status_openedAt_idx" ON "quality_incident"("productId", "status", "openedAt" DESC);

-- CreateIndex
CREATE INDEX "quality_incident_ruleId_idx" ON "quality_incident"("ruleId");

-- CreateIndex
CREATE INDEX "quality_incident_assigneeId_idx" ON "quality_incident"("assigneeId");

-- CreateIndex
CREATE INDEX "quality_incident_event_incidentId_at_idx" ON "quality_incident_event"("incidentId", "at");

-- CreateIndex
CREATE INDEX "quality_remediation_incidentId_createdAt_idx" ON "quality_remediation"("incidentId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "quality_remediation_productId_idx" ON "quality_remediation"("productId");

-- AddForeignKey
ALTER TABLE "quality_incident" ADD CONSTRAINT "quality_incident_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quality_incident" ADD CONSTRAINT "quality_incident_ruleId_fkey" FOREIGN KEY ("ruleId") REFERENCES "quality_rule"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quality_incident_event" ADD CONSTRAINT "quality_incident_event_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "quality_incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "quality_remediation" ADD CONSTRAINT "quality_remediation_incidentId_fkey" FOREIGN KEY ("incidentId") REFERENCES "quality_incident"("id") ON DELETE CASCADE ON UPDATE CASCADE;
