CREATE TABLE "product_sketch" (
  "productId" TEXT NOT NULL,
  "snapshotId" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "scheme" INTEGER NOT NULL,
  "columns" JSONB NOT NULL,
  "madeAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "product_sketch_pkey" PRIMARY KEY ("productId"),
  CONSTRAINT "product_sketch_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "product_sketch_madeAt_idx" ON "product_sketch" ("madeAt");

CREATE TABLE "sketch_band" (
  "band" BIGINT NOT NULL,
  "productId" TEXT NOT NULL,
  CONSTRAINT "sketch_band_pkey" PRIMARY KEY ("band", "productId")
);
CREATE INDEX "sketch_band_productId_idx" ON "sketch_band" ("productId");

CREATE TABLE "duplicate_pair" (
  "aId" TEXT NOT NULL,
  "bId" TEXT NOT NULL,
  "schema" DOUBLE PRECISION NOT NULL,
  "content" DOUBLE PRECISION,
  "score" DOUBLE PRECISION NOT NULL,
  "reasons" JSONB NOT NULL,
  "foundAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "duplicate_pair_pkey" PRIMARY KEY ("aId", "bId")
);
CREATE INDEX "duplicate_pair_bId_idx" ON "duplicate_pair" ("bId");
CREATE INDEX "duplicate_pair_score_idx" ON "duplicate_pair" ("score" DESC);

CREATE TABLE "duplicate_dismissal" (
  "aId" TEXT NOT NULL,
  "bId" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "byId" TEXT,
  "at" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "duplicate_dismissal_pkey" PRIMARY KEY ("aId", "bId"),
  CONSTRAINT "duplicate_dismissal_byId_fkey" FOREIGN KEY ("byId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
