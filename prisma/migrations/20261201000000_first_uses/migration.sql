-- When whoever reads a product had first asked for it. What it is made of comes in any order where history is brought in, so
-- both sides keep it.
ALTER TABLE "product_reader" ADD COLUMN "askedAt" TIMESTAMPTZ(3);
CREATE FUNCTION reader_asked_at(of_product text, of_user text, upto timestamptz) RETURNS timestamptz LANGUAGE sql STABLE AS $$
  SELECT min(i."createdAt") FROM access_request q JOIN access_request_item i ON i."requestId" = q.id
  WHERE q."requesterId" = of_user AND i."productId" = of_product AND i."createdAt" <= upto $$;
CREATE FUNCTION reader_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW."askedAt" := reader_asked_at(NEW."productId", NEW."userId", NEW."firstAt");
  RETURN NEW;
END $$;
CREATE TRIGGER reader_asked BEFORE INSERT OR UPDATE OF "firstAt" ON "product_reader" FOR EACH ROW EXECUTE FUNCTION reader_asked();
CREATE FUNCTION item_asked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE product_reader r SET "askedAt" = reader_asked_at(r."productId", r."userId", r."firstAt")
  FROM access_request q WHERE q.id = NEW."requestId" AND r."userId" = q."requesterId"
    AND r."productId" = NEW."productId" AND r."firstAt" >= NEW."createdAt";
  RETURN NULL;
END $$;
CREATE TRIGGER item_asked AFTER INSERT ON "access_request_item" FOR EACH ROW EXECUTE FUNCTION item_asked();
UPDATE product_reader r SET "askedAt" = a.asked FROM (
  SELECT r."productId", r."userId", min(i."createdAt") AS asked FROM access_request q JOIN access_request_item i ON i."requestId" = q.id
  JOIN product_reader r ON r."productId" = i."productId" AND r."userId" = q."requesterId" AND r."firstAt" >= i."createdAt"
  GROUP BY 1, 2) a WHERE r."productId" = a."productId" AND r."userId" = a."userId";
CREATE INDEX "product_reader_metric_bin_idx" ON "product_reader"
  (metric_bin((extract(epoch FROM "firstAt" - "askedAt") / 3600)::float8), "firstAt")
  INCLUDE ("productId", "askedAt") WHERE "askedAt" IS NOT NULL;

-- Most rows are changed by every read, and say nothing new.
CREATE FUNCTION insight_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM metric_forget(ARRAY['time_to_insight'], array_agg(DISTINCT date_trunc('day', at, 'UTC')))
    FROM unnest(ARRAY[CASE WHEN TG_OP <> 'DELETE' THEN NEW."firstAt" END, CASE WHEN TG_OP <> 'INSERT' THEN OLD."firstAt" END]) at
    WHERE at IS NOT NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER insight_insert AFTER INSERT ON "product_reader" FOR EACH ROW WHEN (NEW."askedAt" IS NOT NULL)
  EXECUTE FUNCTION insight_changed();
CREATE TRIGGER insight_update AFTER UPDATE ON "product_reader" FOR EACH ROW
  WHEN (NEW."askedAt" IS DISTINCT FROM OLD."askedAt" OR NEW."firstAt" <> OLD."firstAt" AND NEW."askedAt" IS NOT NULL)
  EXECUTE FUNCTION insight_changed();
CREATE TRIGGER insight_delete AFTER DELETE ON "product_reader" FOR EACH ROW WHEN (OLD."askedAt" IS NOT NULL)
  EXECUTE FUNCTION insight_changed();

-- When a product was first read by somebody who had no role in its domain, and when it had been begun. It was told by the
-- memberships of today.
CREATE TABLE "product_first_use" (
  "productId" TEXT NOT NULL,
  "at" TIMESTAMPTZ(3) NOT NULL,
  "begunAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "product_first_use_pkey" PRIMARY KEY ("productId"),
  CONSTRAINT "product_first_use_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
INSERT INTO product_first_use
  SELECT o.id, f.first, coalesce(d."createdAt", o."createdAt")
  FROM product o CROSS JOIN LATERAL (SELECT r."firstAt" AS first FROM product_reader r
    WHERE r."productId" = o.id AND r."userId" <> o."ownerId" AND NOT EXISTS (SELECT FROM membership m
      WHERE m."domainId" = o."domainId" AND m."userId" = r."userId") ORDER BY r."firstAt" LIMIT 1) f
  LEFT JOIN product_draft d ON d."productId" = o.id;
DROP INDEX "product_reader_productId_firstAt_idx";
