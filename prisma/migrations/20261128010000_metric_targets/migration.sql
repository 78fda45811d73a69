CREATE TABLE "metric_target" (
  "id" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "domainId" TEXT,
  "value" DOUBLE PRECISION,
  "setById" TEXT,
  "setAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "metric_target_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "metric_target_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "metric_target_setById_fkey" FOREIGN KEY ("setById") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "metric_target_metric_domainId_setAt_idx" ON "metric_target" ("metric", "domainId", "setAt" DESC);
