-- What jobs outside the portal say that they read and write (OpenLineage events).
CREATE TABLE "external_job" (
    "id" TEXT NOT NULL,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "producer" TEXT NOT NULL DEFAULT '',
    "runId" TEXT,
    "state" TEXT,
    "at" TIMESTAMPTZ(3),
    "heardAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "external_job_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "external_link" (
    "jobId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "isOutput" BOOLEAN NOT NULL,
    "productId" TEXT,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "runId" TEXT,

    CONSTRAINT "external_link_pkey" PRIMARY KEY ("jobId", "ordinal")
);

CREATE TABLE "external_column" (
    "jobId" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "productId" TEXT,
    "namespace" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "field" TEXT NOT NULL,
    "sourceId" TEXT,
    "sourceNamespace" TEXT NOT NULL,
    "sourceName" TEXT NOT NULL,
    "sourceColumn" TEXT NOT NULL,
    "how" TEXT NOT NULL,

    CONSTRAINT "external_column_pkey" PRIMARY KEY ("jobId", "ordinal")
);

CREATE TABLE "external_event" (
    "id" TEXT NOT NULL,
    "jobId" TEXT NOT NULL,
    "runId" TEXT,
    "eventType" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "heardAt" TIMESTAMPTZ(3) NOT NULL,
    "senderId" TEXT,
    "body" JSONB NOT NULL,

    CONSTRAINT "external_event_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "external_job_heardAt_idx" ON "external_job"("heardAt");
CREATE INDEX "external_link_productId_idx" ON "external_link"("productId");
CREATE INDEX "external_column_productId_idx" ON "external_column"("productId");
CREATE INDEX "external_column_sourceId_idx" ON "external_column"("sourceId");
CREATE INDEX "external_event_jobId_at_idx" ON "external_event"("jobId", "at" DESC);
CREATE INDEX "external_event_heardAt_idx" ON "external_event" USING BRIN ("heardAt");

ALTER TABLE "external_link" ADD CONSTRAINT "external_link_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "external_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "external_link" ADD CONSTRAINT "external_link_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "external_column" ADD CONSTRAINT "external_column_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "external_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "external_column" ADD CONSTRAINT "external_column_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "external_column" ADD CONSTRAINT "external_column_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "external_event" ADD CONSTRAINT "external_event_jobId_fkey" FOREIGN KEY ("jobId") REFERENCES "external_job"("id") ON DELETE CASCADE ON UPDATE CASCADE;
