-- Who reads a product in fact, who wants to be told of it, and what people say about it.
CREATE TABLE "product_reader" (
  "productId" TEXT NOT NULL,
  "userId" TEXT NOT NULL,
  "firstAt" TIMESTAMPTZ(3) NOT NULL,
  "lastAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "product_reader_pkey" PRIMARY KEY ("productId", "userId"),
  CONSTRAINT "product_reader_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "product_reader_userId_lastAt_idx" ON "product_reader"("userId", "lastAt" DESC);
INSERT INTO "product_reader"
SELECT u."productId", u."actorId", min(u."at"), max(u."at") FROM "usage_event" u JOIN "product" p ON p."id" = u."productId"
WHERE u."actorId" IS NOT NULL AND u."shape" = 'rows' AND u."status" < 400 GROUP BY 1, 2;

CREATE TABLE "product_follow" (
  "userId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "isFollowing" BOOLEAN NOT NULL,
  "muted" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "product_follow_pkey" PRIMARY KEY ("productId", "userId"),
  CONSTRAINT "product_follow_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "product_follow_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "product_follow_userId_idx" ON "product_follow"("userId");

CREATE TABLE "review" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "authorId" TEXT NOT NULL,
  "stars" INTEGER NOT NULL,
  "text" TEXT NOT NULL DEFAULT '',
  "rev" INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "editedAt" TIMESTAMPTZ(3),
  "withdrawnAt" TIMESTAMPTZ(3),
  "hiddenAt" TIMESTAMPTZ(3),
  "reply" TEXT NOT NULL DEFAULT '',
  "replierId" TEXT,
  "repliedAt" TIMESTAMPTZ(3),
  CONSTRAINT "review_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "review_stars_check" CHECK ("stars" BETWEEN 1 AND 5),
  CONSTRAINT "review_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "review_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "review_replierId_fkey" FOREIGN KEY ("replierId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "review_productId_authorId_key" ON "review"("productId", "authorId");
CREATE INDEX "review_productId_createdAt_idx" ON "review"("productId", "createdAt" DESC);
CREATE INDEX "review_authorId_idx" ON "review"("authorId");

CREATE TABLE "review_version" (
  "reviewId" TEXT NOT NULL,
  "rev" INTEGER NOT NULL,
  "authorId" TEXT NOT NULL,
  "stars" INTEGER NOT NULL,
  "text" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "review_version_pkey" PRIMARY KEY ("reviewId", "rev"),
  CONSTRAINT "review_version_reviewId_fkey" FOREIGN KEY ("reviewId") REFERENCES "review"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "review_version_authorId_at_idx" ON "review_version"("authorId", "at");

CREATE TABLE "product_rating" (
  "productId" TEXT NOT NULL,
  "count" INTEGER NOT NULL,
  "average" DOUBLE PRECISION NOT NULL,
  "score" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "product_rating_pkey" PRIMARY KEY ("productId"),
  CONSTRAINT "product_rating_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "product_rating_score_idx" ON "product_rating"("score" DESC);

CREATE TABLE "question" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "authorId" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "acceptedId" TEXT,
  "closedAt" TIMESTAMPTZ(3),
  "hiddenAt" TIMESTAMPTZ(3),
  CONSTRAINT "question_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "question_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "question_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "question_productId_createdAt_idx" ON "question"("productId", "createdAt" DESC);
CREATE INDEX "question_authorId_createdAt_idx" ON "question"("authorId", "createdAt");

CREATE TABLE "answer" (
  "id" TEXT NOT NULL,
  "questionId" TEXT NOT NULL,
  "authorId" TEXT NOT NULL,
  "text" TEXT NOT NULL,
  "isFromOwner" BOOLEAN NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "hiddenAt" TIMESTAMPTZ(3),
  CONSTRAINT "answer_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "answer_questionId_fkey" FOREIGN KEY ("questionId") REFERENCES "question"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "answer_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "answer_questionId_createdAt_idx" ON "answer"("questionId", "createdAt");
CREATE INDEX "answer_authorId_createdAt_idx" ON "answer"("authorId", "createdAt");

CREATE TABLE "announcement" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "authorId" TEXT NOT NULL,
  "title" TEXT NOT NULL,
  "text" TEXT NOT NULL DEFAULT '',
  "until" TIMESTAMPTZ(3) NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "withdrawnAt" TIMESTAMPTZ(3),
  CONSTRAINT "announcement_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "announcement_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "announcement_authorId_fkey" FOREIGN KEY ("authorId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE INDEX "announcement_productId_until_idx" ON "announcement"("productId", "until" DESC);
CREATE INDEX "announcement_authorId_createdAt_idx" ON "announcement"("authorId", "createdAt");

CREATE TABLE "content_report" (
  "id" TEXT NOT NULL,
  "kind" TEXT NOT NULL,
  "targetId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "reporterId" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "status" TEXT NOT NULL DEFAULT 'open',
  "decidedAt" TIMESTAMPTZ(3),
  "deciderId" TEXT,
  "note" TEXT NOT NULL DEFAULT '',
  CONSTRAINT "content_report_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "content_report_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "content_report_reporterId_fkey" FOREIGN KEY ("reporterId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "content_report_kind_targetId_reporterId_key" ON "content_report"("kind", "targetId", "reporterId");
CREATE INDEX "content_report_status_createdAt_idx" ON "content_report"("status", "createdAt");
CREATE INDEX "content_report_reporterId_createdAt_idx" ON "content_report"("reporterId", "createdAt");

-- How often people get mail, and which product an alert is about.
CREATE TABLE "alert_digest" (
  "userId" TEXT NOT NULL,
  "every" TEXT NOT NULL,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "alert_digest_pkey" PRIMARY KEY ("userId"),
  CONSTRAINT "alert_digest_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
ALTER TABLE "notification" ADD COLUMN "productId" TEXT;
ALTER TABLE "notification" ADD CONSTRAINT "notification_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE SET NULL ON UPDATE CASCADE;
DROP INDEX "notification_userId_createdAt_idx";
CREATE INDEX "notification_userId_id_idx" ON "notification"("userId", "id" DESC);
CREATE INDEX "alert_delivery_userId_status_idx" ON "alert_delivery"("userId", "status");
