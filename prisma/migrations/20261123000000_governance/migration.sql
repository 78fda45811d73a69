-- Governance that executes: policy stages, waivers, simulations; alerts; the compliance monitor,
-- retention, privacy requests.
alter table policy_document
  add column rev integer not null default 1,
  add column "updatedAt" timestamptz(3) not null default current_timestamp,
  add column "submittedAt" timestamptz(3),
  add column "approvedById" text,
  add column "approvedAt" timestamptz(3),
  add column "activatedById" text,
  add column "graceUntil" timestamptz(3);


-- CreateTable
CREATE TABLE "notification" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "level" TEXT NOT NULL DEFAULT 'info',
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "href" TEXT,
    "dedupeKey" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "readAt" TIMESTAMPTZ(3),

    CONSTRAINT "notification_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "description" TEXT NOT NULL DEFAULT '',
    "kinds" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "domainId" TEXT,
    "sealedSecret" BYTEA NOT NULL,
    "createdById" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "disabledAt" TIMESTAMPTZ(3),
    "disabledFor" TEXT,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_delivery" (
    "id" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "endpointId" TEXT,
    "userId" TEXT,
    "kind" TEXT NOT NULL,
    "event" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "nextAttemptAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "log" JSONB NOT NULL DEFAULT '[]',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "deliveredAt" TIMESTAMPTZ(3),

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "alert_preference" (
    "userId" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" BOOLEAN NOT NULL,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "alert_preference_pkey" PRIMARY KEY ("userId","kind")
);

-- CreateTable
CREATE TABLE "audit_view" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "isShared" BOOLEAN NOT NULL DEFAULT false,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "audit_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "monitor_schedule" (
    "rule" TEXT NOT NULL,
    "nextRunAt" TIMESTAMPTZ(3) NOT NULL,
    "lastRunAt" TIMESTAMPTZ(3),

    CONSTRAINT "monitor_schedule_pkey" PRIMARY KEY ("rule")
);

-- CreateTable
CREATE TABLE "monitor_run" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "productId" TEXT,
    "checked" INTEGER NOT NULL DEFAULT 0,
    "opened" INTEGER NOT NULL DEFAULT 0,
    "resolved" INTEGER NOT NULL DEFAULT 0,
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "monitor_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "violation" (
    "id" TEXT NOT NULL,
    "rule" TEXT NOT NULL,
    "level" TEXT NOT NULL,
    "productId" TEXT,
    "domainId" TEXT,
    "dedupeKey" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "regulations" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "status" TEXT NOT NULL DEFAULT 'open',
    "rev" INTEGER NOT NULL DEFAULT 1,
    "assigneeId" TEXT,
    "occurrences" INTEGER NOT NULL DEFAULT 1,
    "firstSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lastSeenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "escalation" INTEGER NOT NULL DEFAULT 0,
    "escalatedAt" TIMESTAMPTZ(3),
    "resolvedAt" TIMESTAMPTZ(3),
    "resolution" TEXT,

    CONSTRAINT "violation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "violation_event" (
    "id" TEXT NOT NULL,
    "violationId" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "kind" TEXT NOT NULL,
    "actorId" TEXT,
    "note" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "violation_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "legal_hold" (
    "id" TEXT NOT NULL,
    "productId" TEXT,
    "domainId" TEXT,
    "reason" TEXT NOT NULL,
    "reference" TEXT NOT NULL DEFAULT '',
    "placedById" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "releasedAt" TIMESTAMPTZ(3),
    "releasedById" TEXT,
    "releaseNote" TEXT NOT NULL DEFAULT '',

    CONSTRAINT "legal_hold_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "retention_run" (
    "id" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "trigger" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "policy" TEXT NOT NULL,
    "retention" TEXT NOT NULL,
    "mode" TEXT NOT NULL,
    "column" TEXT,
    "cutoff" TIMESTAMPTZ(3) NOT NULL,
    "rowsBefore" BIGINT,
    "rowsDeleted" BIGINT,
    "removed" JSONB NOT NULL DEFAULT '[]',
    "receipt" TEXT,
    "error" TEXT,
    "requestedBy" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_request" (
    "id" TEXT NOT NULL,
    "regulation" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "subjectDigest" TEXT NOT NULL,
    "sealedSubject" BYTEA,
    "status" TEXT NOT NULL DEFAULT 'received',
    "rev" INTEGER NOT NULL DEFAULT 1,
    "note" TEXT NOT NULL DEFAULT '',
    "requestedById" TEXT,
    "assigneeId" TEXT,
    "receivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dueAt" TIMESTAMPTZ(3) NOT NULL,
    "extendedFor" TEXT,
    "clockAlert" INTEGER NOT NULL DEFAULT 0,
    "completedAt" TIMESTAMPTZ(3),
    "rejectedFor" TEXT,
    "error" TEXT,
    "archivePath" TEXT,
    "archiveSha256" TEXT,
    "archiveSizeBytes" BIGINT,
    "archiveUntil" TIMESTAMPTZ(3),
    "receipt" TEXT,

    CONSTRAINT "privacy_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "privacy_finding" (
    "id" TEXT NOT NULL,
    "requestId" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "environment" TEXT NOT NULL,
    "columns" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "rowCount" BIGINT NOT NULL DEFAULT 0,
    "status" TEXT NOT NULL DEFAULT 'found',
    "via" TEXT NOT NULL DEFAULT 'declared',
    "detail" JSONB NOT NULL DEFAULT '{}',

    CONSTRAINT "privacy_finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "opt_out" (
    "id" TEXT NOT NULL,
    "subjectDigest" TEXT NOT NULL,
    "sealedSubject" BYTEA NOT NULL,
    "requestId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "opt_out_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "waiver" (
    "id" TEXT NOT NULL,
    "productId" TEXT NOT NULL,
    "ruleId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'requested',
    "requestedById" TEXT,
    "decidedById" TEXT,
    "decisionNote" TEXT NOT NULL DEFAULT '',
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "decidedAt" TIMESTAMPTZ(3),
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "warnedAt" TIMESTAMPTZ(3),

    CONSTRAINT "waiver_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "policy_simulation" (
    "id" TEXT NOT NULL,
    "policyId" TEXT NOT NULL,
    "policyRev" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "requestedBy" TEXT,
    "result" JSONB NOT NULL DEFAULT '{}',
    "error" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "startedAt" TIMESTAMPTZ(3),
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "policy_simulation_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "notification_userId_createdAt_idx" ON "notification"("userId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "notification_userId_dedupeKey_key" ON "notification"("userId", "dedupeKey");

-- CreateIndex
CREATE INDEX "alert_delivery_status_nextAttemptAt_idx" ON "alert_delivery"("status", "nextAttemptAt");

-- CreateIndex
CREATE INDEX "alert_delivery_endpointId_createdAt_idx" ON "alert_delivery"("endpointId", "createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "audit_view_userId_name_key" ON "audit_view"("userId", "name");

-- CreateIndex
CREATE INDEX "monitor_schedule_nextRunAt_idx" ON "monitor_schedule"("nextRunAt");

-- CreateIndex
CREATE INDEX "monitor_run_createdAt_idx" ON "monitor_run"("createdAt" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "monitor_run_rule_dueAt_productId_key" ON "monitor_run"("rule", "dueAt", "productId");

-- CreateIndex
CREATE INDEX "violation_status_level_lastSeenAt_idx" ON "violation"("status", "level", "lastSeenAt" DESC);

-- CreateIndex
CREATE INDEX "violation_productId_status_idx" ON "violation"("productId", "status");

-- CreateIndex
CREATE INDEX "violation_domainId_status_idx" ON "violation"("domainId", "status");

-- CreateIndex
CREATE INDEX "violation_rule_firstSeenAt_idx" ON "violation"("rule", "firstSeenAt");

-- CreateIndex
CREATE INDEX "violation_event_violationId_at_idx" ON "violation_event"("violationId", "at");

-- CreateIndex
CREATE INDEX "legal_hold_productId_releasedAt_idx" ON "legal_hold"("productId", "releasedAt");

-- CreateIndex
CREATE INDEX "legal_hold_domainId_releasedAt_idx" ON "legal_hold"("domainId", "releasedAt");

-- CreateIndex
CREATE INDEX "retention_run_productId_createdAt_idx" ON "retention_run"("productId", "createdAt" DESC);

-- CreateIndex
CREATE INDEX "retention_run_status_idx" ON "retention_run"("status");

-- CreateIndex
CREATE INDEX "privacy_request_status_dueAt_idx" ON "privacy_request"("status", "dueAt");

-- CreateIndex
CREATE INDEX "privacy_request_subjectDigest_idx" ON "privacy_request"("subjectDigest");

-- CreateIndex
CREATE UNIQUE INDEX "privacy_finding_requestId_productId_environment_key" ON "privacy_finding"("requestId", "productId", "environment");

-- CreateIndex
CREATE UNIQUE INDEX "opt_out_subjectDigest_key" ON "opt_out"("subjectDigest");

-- CreateIndex
CREATE INDEX "waiver_productId_ruleId_status_idx" ON "waiver"("productId", "ruleId", "status");

-- CreateIndex
CREATE INDEX "waiver_status_expiresAt_idx" ON "waiver"("status", "expiresAt");

-- CreateIndex
CREATE INDEX "policy_simulation_policyId_createdAt_idx" ON "policy_simulation"("policyId", "createdAt" DESC);

-- AddForeignKey
ALTER TABLE "notification" ADD CONSTRAINT "notification_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_endpointId_fkey" FOREIGN KEY ("endpointId") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alert_preference" ADD CONSTRAINT "alert_preference_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation" ADD CONSTRAINT "violation_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "violation_event" ADD CONSTRAINT "violation_event_violationId_fkey" FOREIGN KEY ("violationId") REFERENCES "violation"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "retention_run" ADD CONSTRAINT "retention_run_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_finding" ADD CONSTRAINT "privacy_finding_requestId_fkey" FOREIGN KEY ("requestId") REFERENCES "privacy_request"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "privacy_finding" ADD CONSTRAINT "privacy_finding_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "waiver" ADD CONSTRAINT "waiver_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- One open violation per thing that is wrong, whichever worker finds it.
create unique index violation_open_key on violation ("dedupeKey") where status <> 'resolved';
-- One draft per policy: two people work on the same one or not at all.
create unique index policy_document_draft_key on policy_document (name) where stage = 'draft';
create unique index waiver_active_key on waiver ("productId", "ruleId") where status in ('requested', 'approved');
