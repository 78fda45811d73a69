-- From when on a snapshot's files are stored: it is begun before. Those from before are as old as they say.
ALTER TABLE "snapshot" ADD COLUMN "readyAt" TIMESTAMPTZ(3);
UPDATE "snapshot" SET "readyAt" = "createdAt" WHERE status <> 'building';
CREATE INDEX "snapshot_removedAt_idx" ON "snapshot" ("removedAt");
CREATE INDEX "pipeline_run_finishedAt_idx" ON "pipeline_run" ("finishedAt");
CREATE INDEX "quality_run_finishedAt_idx" ON "quality_run" ("finishedAt");
CREATE INDEX "provisioning_step_finishedAt_idx" ON "provisioning_step" ("finishedAt");

CREATE TABLE "cost_model" (
  "id" TEXT NOT NULL,
  "number" INTEGER NOT NULL,
  "currency" TEXT NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "storageGbMonth" DOUBLE PRECISION NOT NULL,
  "loadHour" DOUBLE PRECISION NOT NULL,
  "qualityHour" DOUBLE PRECISION NOT NULL,
  "queryHour" DOUBLE PRECISION NOT NULL,
  "egressGb" DOUBLE PRECISION NOT NULL,
  "reason" TEXT NOT NULL,
  "authorId" TEXT,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "cost_model_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "cost_model_number_key" ON "cost_model" ("number");
CREATE FUNCTION cost_model_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'prices are append-only' USING errcode = '42501';
END $$;
CREATE TRIGGER cost_model_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "cost_model"
  FOR EACH STATEMENT EXECUTE FUNCTION cost_model_refuse_change();

CREATE TABLE "resource_day" (
  "productId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "byteHours" DOUBLE PRECISION NOT NULL,
  "loadMs" DOUBLE PRECISION NOT NULL,
  "qualityMs" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "resource_day_pkey" PRIMARY KEY ("productId", "day")
);
CREATE INDEX "resource_day_day_productId_idx" ON "resource_day" ("day", "productId");

CREATE TABLE "resource_rollup" (
  "id" INTEGER NOT NULL,
  "through" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "resource_rollup_pkey" PRIMARY KEY ("id")
);

-- What products took of the platform on the UTC days from `since` to `till`, as far as it has happened at `at`. Both what
-- is written down of days that are over and what is shown of today comes from here.
CREATE FUNCTION resource_facts(since timestamptz, till timestamptz, at timestamptz)
RETURNS TABLE ("productId" text, day timestamptz, "byteHours" float8, "loadMs" float8, "qualityMs" float8)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT f.product, f.day, sum(f.bytes), sum(f.load), sum(f.quality) FROM (
    SELECT s."productId" AS product, d.day, s."sizeBytes"::float8 * extract(epoch FROM
        least(s."removedAt", d.day + interval '24 hours', at) - greatest(s."readyAt", d.day))::float8 / 3600 AS bytes,
      0::float8 AS load, 0::float8 AS quality
    FROM generate_series(since, least(till, at) - interval '1 millisecond', interval '24 hours') AS d(day)
    JOIN snapshot s ON s."readyAt" < least(d.day + interval '24 hours', at)
      AND (s."removedAt" IS NULL OR s."removedAt" > d.day)
    WHERE s."sizeBytes" > 0 AND (s."removedAt" IS NULL OR s."removedAt" > since)
    UNION ALL
    SELECT r."productId", date_trunc('day', r."finishedAt", 'UTC'), 0,
      extract(epoch FROM r."finishedAt" - r."startedAt")::float8 * 1000, 0
    FROM pipeline_run r WHERE r."finishedAt" >= since AND r."finishedAt" < till AND r."startedAt" IS NOT NULL
    UNION ALL
    SELECT r."productId", date_trunc('day', p."finishedAt", 'UTC'), 0,
      extract(epoch FROM p."finishedAt" - p."startedAt")::float8 * 1000, 0
    FROM provisioning_step p JOIN provisioning_run r ON r.id = p."runId"
    WHERE p."finishedAt" >= since AND p."finishedAt" < till AND p.name = 'processing' AND p.status = 'done'
    UNION ALL
    SELECT q."productId", date_trunc('day', q."finishedAt", 'UTC'), 0, 0, q."durationMs"
    FROM quality_run q WHERE q."finishedAt" >= since AND q."finishedAt" < till AND q."durationMs" IS NOT NULL) f
  GROUP BY 1, 2
$$;
