-- Figures for others: links that are opened without signing in, and digests by e-mail.
CREATE TABLE "insight_share" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "metric" TEXT,
    "range" TEXT NOT NULL,
    "domainId" TEXT,
    "productId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "expiresAt" TIMESTAMPTZ(3) NOT NULL,
    "revokedAt" TIMESTAMPTZ(3),
    "openings" INTEGER NOT NULL DEFAULT 0,
    "lastOpenedAt" TIMESTAMPTZ(3),

    CONSTRAINT "insight_share_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "insight_share_scope" CHECK ("domainId" IS NULL OR "productId" IS NULL),
    CONSTRAINT "insight_share_days" CHECK ("expiresAt" <= "createdAt" + interval '90 days')
);

CREATE TABLE "insight_digest" (
    "id" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "every" TEXT NOT NULL,
    "day" INTEGER NOT NULL,
    "hour" INTEGER NOT NULL,
    "timeZone" TEXT NOT NULL,
    "domainId" TEXT,
    "productId" TEXT,
    "createdAt" TIMESTAMPTZ(3) NOT NULL,
    "nextAt" TIMESTAMPTZ(3) NOT NULL,
    "lastMailId" TEXT,
    "lastAt" TIMESTAMPTZ(3),
    "stoppedFor" TEXT,

    CONSTRAINT "insight_digest_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "insight_digest_scope" CHECK ("domainId" IS NULL OR "productId" IS NULL)
);

CREATE UNIQUE INDEX "insight_share_tokenHash_key" ON "insight_share"("tokenHash");
CREATE INDEX "insight_share_userId_createdAt_idx" ON "insight_share"("userId", "createdAt" DESC);
CREATE INDEX "insight_share_createdAt_idx" ON "insight_share"("createdAt" DESC);
CREATE INDEX "insight_digest_userId_idx" ON "insight_digest"("userId");
CREATE INDEX "insight_digest_nextAt_idx" ON "insight_digest"("nextAt");

ALTER TABLE "insight_share" ADD CONSTRAINT "insight_share_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "insight_share" ADD CONSTRAINT "insight_share_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "insight_share" ADD CONSTRAINT "insight_share_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "insight_digest" ADD CONSTRAINT "insight_digest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "insight_digest" ADD CONSTRAINT "insight_digest_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "insight_digest" ADD CONSTRAINT "insight_digest_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
