-- Usage by hour and day. A statement-level trigger adds what was just inserted, so the figures and the events commit
-- together: whichever process writes, and whichever is killed, they agree, and an event costs the same however long
-- the history is. Rows are taken in one order, so that writers wait for each other and never in a circle.
CREATE TABLE "usage_hour" (
  "productId" TEXT NOT NULL,
  "hour" TIMESTAMPTZ(3) NOT NULL,
  "reads" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "failed" BIGINT NOT NULL,
  "rowCount" BIGINT NOT NULL,
  "sizeBytes" BIGINT NOT NULL,
  "latencyMs" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "usage_hour_pkey" PRIMARY KEY ("productId", "hour")
);
CREATE INDEX "usage_hour_hour_idx" ON "usage_hour" USING BRIN ("hour");

CREATE TABLE "usage_day" (
  "productId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "reads" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "failed" BIGINT NOT NULL,
  "rowCount" BIGINT NOT NULL,
  "sizeBytes" BIGINT NOT NULL,
  "latencyMs" DOUBLE PRECISION NOT NULL,
  CONSTRAINT "usage_day_pkey" PRIMARY KEY ("productId", "day")
);
CREATE INDEX "usage_day_day_productId_idx" ON "usage_day" ("day", "productId");

CREATE TABLE "usage_reader_day" (
  "productId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "userId" TEXT NOT NULL,
  "reads" BIGINT NOT NULL,
  CONSTRAINT "usage_reader_day_pkey" PRIMARY KEY ("productId", "day", "userId")
);
CREATE INDEX "usage_reader_day_day_idx" ON "usage_reader_day" ("day");

-- One event as what it adds. Metadata is no read of rows.
CREATE FUNCTION usage_parts(e usage_event, OUT reads bigint, OUT refused bigint, OUT failed bigint, OUT latency float8)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE WHEN e.shape <> 'metadata' AND e.status < 400 THEN 1 ELSE 0 END,
    CASE WHEN e.status BETWEEN 400 AND 499 THEN 1 ELSE 0 END,
    CASE WHEN e.status >= 500 THEN 1 ELSE 0 END,
    CASE WHEN e.shape <> 'metadata' AND e.status < 400 THEN e."latencyMs" ELSE 0 END $$;

CREATE FUNCTION usage_roll_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO usage_hour AS held
    SELECT e."productId", date_trunc('hour', e.at, 'UTC'), sum(u.reads), sum(u.refused), sum(u.failed),
      sum(e."rowCount"), sum(e."sizeBytes"), sum(u.latency)
    FROM fresh e, usage_parts(e) u GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("productId", hour) DO UPDATE SET reads = held.reads + excluded.reads,
    refused = held.refused + excluded.refused, failed = held.failed + excluded.failed,
    "rowCount" = held."rowCount" + excluded."rowCount", "sizeBytes" = held."sizeBytes" + excluded."sizeBytes",
    "latencyMs" = held."latencyMs" + excluded."latencyMs";
  INSERT INTO usage_day AS held
    SELECT e."productId", date_trunc('day', e.at, 'UTC'), sum(u.reads), sum(u.refused), sum(u.failed),
      sum(e."rowCount"), sum(e."sizeBytes"), sum(u.latency)
    FROM fresh e, usage_parts(e) u GROUP BY 1, 2 ORDER BY 1, 2
  ON CONFLICT ("productId", day) DO UPDATE SET reads = held.reads + excluded.reads,
    refused = held.refused + excluded.refused, failed = held.failed + excluded.failed,
    "rowCount" = held."rowCount" + excluded."rowCount", "sizeBytes" = held."sizeBytes" + excluded."sizeBytes",
    "latencyMs" = held."latencyMs" + excluded."latencyMs";
  INSERT INTO usage_reader_day AS held
    SELECT e."productId", date_trunc('day', e.at, 'UTC'), e."actorId", count(*)
    FROM fresh e, usage_parts(e) u WHERE u.reads = 1 AND e."actorId" IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
  ON CONFLICT ("productId", day, "userId") DO UPDATE SET reads = held.reads + excluded.reads;
  RETURN NULL;
END $$;

CREATE TRIGGER usage_roll_up AFTER INSERT ON usage_event REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up();

-- What was read before there were roll-ups.
INSERT INTO usage_hour
  SELECT e."productId", date_trunc('hour', e.at, 'UTC'), sum(u.reads), sum(u.refused), sum(u.failed),
    sum(e."rowCount"), sum(e."sizeBytes"), sum(u.latency)
  FROM usage_event e, usage_parts(e) u GROUP BY 1, 2;
INSERT INTO usage_day
  SELECT h."productId", date_trunc('day', h.hour, 'UTC'), sum(h.reads), sum(h.refused), sum(h.failed),
    sum(h."rowCount"), sum(h."sizeBytes"), sum(h."latencyMs")
  FROM usage_hour h GROUP BY 1, 2;
INSERT INTO usage_reader_day
  SELECT e."productId", date_trunc('day', e.at, 'UTC'), e."actorId", count(*)
  FROM usage_event e, usage_parts(e) u WHERE u.reads = 1 AND e."actorId" IS NOT NULL GROUP BY 1, 2, 3;
