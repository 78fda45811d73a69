-- Roll-ups that dashboards of a large mesh read few rows of: by product and day, and by domain and day. Whom reads were by is a
-- set of bits, so that the different people of any days and products are one OR away. A reader has a number; the sets are cut
-- into chunks of 1,024 numbers, and what was not a read by somebody other than the owner is counted with chunk 0.
CREATE SEQUENCE usage_reader_number_seq AS INTEGER MINVALUE 0 START WITH 0;
CREATE TABLE "usage_reader" (
  "userId" TEXT NOT NULL,
  "number" INTEGER NOT NULL DEFAULT nextval('usage_reader_number_seq'),
  CONSTRAINT "usage_reader_pkey" PRIMARY KEY ("userId")
);
ALTER SEQUENCE usage_reader_number_seq OWNED BY "usage_reader"."number";
CREATE UNIQUE INDEX "usage_reader_number_key" ON "usage_reader" ("number");

DROP TABLE usage_day;
CREATE TABLE "usage_day" (
  "productId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "chunk" INTEGER NOT NULL,
  "reads" BIGINT NOT NULL,
  "byOthers" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "failed" BIGINT NOT NULL,
  "rowCount" BIGINT NOT NULL,
  "sizeBytes" BIGINT NOT NULL,
  "latencyMs" DOUBLE PRECISION NOT NULL,
  "readers" BIT(1024) NOT NULL,
  CONSTRAINT "usage_day_pkey" PRIMARY KEY ("productId", "day", "chunk")
) WITH (fillfactor = 85);
CREATE INDEX "usage_day_day_productId_idx" ON "usage_day" ("day", "productId");
-- The same by domain: a product stays in its domain.
CREATE TABLE "usage_domain_day" (
  "domainId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "chunk" INTEGER NOT NULL,
  "reads" BIGINT NOT NULL,
  "byOthers" BIGINT NOT NULL,
  "refused" BIGINT NOT NULL,
  "failed" BIGINT NOT NULL,
  "rowCount" BIGINT NOT NULL,
  "sizeBytes" BIGINT NOT NULL,
  "latencyMs" DOUBLE PRECISION NOT NULL,
  "readers" BIT(1024) NOT NULL,
  CONSTRAINT "usage_domain_day_pkey" PRIMARY KEY ("day", "domainId", "chunk")
) WITH (fillfactor = 50);
ALTER TABLE usage_hour SET (fillfactor = 85);
ALTER TABLE usage_reader_day SET (fillfactor = 90);
DROP INDEX "usage_reader_day_day_idx";
CREATE INDEX "usage_reader_day_day_idx" ON "usage_reader_day" USING BRIN ("day");

CREATE FUNCTION usage_bit(number integer) RETURNS bit LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
  $$ SELECT set_bit(0::bit(1024), number % 1024, 1) $$;
-- Is this a read of rows by somebody other than the owner? Metadata is no read of rows.
CREATE FUNCTION usage_by_other(shape text, status integer, actor text, owner boolean) RETURNS boolean
  LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT shape <> 'metadata' AND status < 400 AND actor IS NOT NULL AND NOT owner $$;

DROP TRIGGER IF EXISTS usage_roll_up ON usage_event;
DROP FUNCTION usage_roll_up();

-- Adding events up is the same when they are written and when a day is counted again; only where they are taken from differs.
-- Rows are written in one order, so that writers wait for each other and never in a circle.
DO $make$
DECLARE
  add_up text := $sql$
  INSERT INTO usage_reader ("userId")
    SELECT DISTINCT e."actorId" FROM %1$s e
    WHERE usage_by_other(e.shape, e.status, e."actorId", e."isOwner")
      AND NOT EXISTS (SELECT FROM usage_reader r WHERE r."userId" = e."actorId") ORDER BY 1
    ON CONFLICT DO NOTHING;
  INSERT INTO usage_reader_day AS held
    SELECT e."productId", date_trunc('day', e.at, 'UTC'), e."actorId", count(*) FROM %1$s e
    WHERE usage_by_other(e.shape, e.status, e."actorId", false) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    ON CONFLICT ("productId", day, "userId") DO UPDATE SET reads = held.reads + excluded.reads;
  WITH cell AS MATERIALIZED (
    SELECT e."productId", date_trunc('hour', e.at, 'UTC') AS hour, coalesce(r.number / 1024, 0) AS chunk,
      count(*) FILTER (WHERE e.shape <> 'metadata' AND e.status < 400) AS reads, count(r.number) AS others,
      count(*) FILTER (WHERE e.status BETWEEN 400 AND 499) AS refused, count(*) FILTER (WHERE e.status >= 500) AS failed,
      sum(e."rowCount")::bigint AS rows, sum(e."sizeBytes")::bigint AS bytes,
      coalesce(sum(e."latencyMs") FILTER (WHERE e.shape <> 'metadata' AND e.status < 400), 0) AS latency,
      coalesce(bit_or(usage_bit(r.number)), 0::bit(1024)) AS readers
    FROM %1$s e LEFT JOIN usage_reader r ON r."userId" = e."actorId"
      AND usage_by_other(e.shape, e.status, e."actorId", e."isOwner")
    GROUP BY 1, 2, 3),
  hours AS (
    INSERT INTO usage_hour AS held ("productId", hour, reads, refused, failed, "rowCount", "sizeBytes", "latencyMs")
      SELECT "productId", hour, sum(reads), sum(refused), sum(failed), sum(rows), sum(bytes), sum(latency)
      FROM cell GROUP BY 1, 2 ORDER BY 1, 2
    ON CONFLICT ("productId", hour) DO UPDATE SET reads = held.reads + excluded.reads,
      refused = held.refused + excluded.refused, failed = held.failed + excluded.failed,
      "rowCount" = held."rowCount" + excluded."rowCount", "sizeBytes" = held."sizeBytes" + excluded."sizeBytes",
      "latencyMs" = held."latencyMs" + excluded."latencyMs"),
  day AS MATERIALIZED (
    SELECT "productId", date_trunc('day', hour, 'UTC') AS day, chunk, sum(reads) AS reads, sum(others) AS others,
      sum(refused) AS refused, sum(failed) AS failed, sum(rows) AS rows, sum(bytes) AS bytes, sum(latency) AS latency,
      bit_or(readers) AS readers
    FROM cell GROUP BY 1, 2, 3),
  days AS (
    INSERT INTO usage_day AS held
      SELECT * FROM day ORDER BY 1, 2, 3
    ON CONFLICT ("productId", day, chunk) DO UPDATE SET reads = held.reads + excluded.reads,
      "byOthers" = held."byOthers" + excluded."byOthers", refused = held.refused + excluded.refused,
      failed = held.failed + excluded.failed, "rowCount" = held."rowCount" + excluded."rowCount",
      "sizeBytes" = held."sizeBytes" + excluded."sizeBytes", "latencyMs" = held."latencyMs" + excluded."latencyMs",
      readers = held.readers | excluded.readers)
  INSERT INTO usage_domain_day AS held
    SELECT p."domainId", d.day, d.chunk, sum(d.reads), sum(d.others), sum(d.refused), sum(d.failed), sum(d.rows),
      sum(d.bytes), sum(d.latency), bit_or(d.readers)
    FROM day d JOIN product p ON p.id = d."productId" GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
  ON CONFLICT ("day", "domainId", chunk) DO UPDATE SET reads = held.reads + excluded.reads,
    "byOthers" = held."byOthers" + excluded."byOthers", refused = held.refused + excluded.refused,
    failed = held.failed + excluded.failed, "rowCount" = held."rowCount" + excluded."rowCount",
    "sizeBytes" = held."sizeBytes" + excluded."sizeBytes", "latencyMs" = held."latencyMs" + excluded."latencyMs",
    readers = held.readers | excluded.readers;
  $sql$;
BEGIN
  -- Writers of a day share its lock, and who counts it again has it alone: so no event is counted by both, or by neither.
  EXECUTE format($function$
CREATE FUNCTION usage_roll_up() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7305, d.day) FROM (
    SELECT DISTINCT floor(extract(epoch FROM e.at) / 86400)::integer AS day FROM fresh e ORDER BY 1) d;
  %s
  RETURN NULL;
END $body$ $function$, format(add_up, 'fresh'));

  -- Counts one UTC day again from its events, exactly, while others write; false: its events are not held any more.
  EXECUTE format($function$
CREATE FUNCTION usage_recount(of_day date) RETURNS boolean LANGUAGE plpgsql AS $body$
DECLARE
  low timestamptz := of_day::timestamp AT TIME ZONE 'UTC';
  high timestamptz := low + interval '24 hours';
BEGIN
  -- Held to the end, so that the events are not dropped meanwhile.
  PERFORM FROM usage_kept WHERE since <= low FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(7305, floor(extract(epoch FROM low) / 86400)::integer);
  DELETE FROM usage_hour WHERE hour >= low AND hour < high;
  DELETE FROM usage_day WHERE day = low;
  DELETE FROM usage_reader_day WHERE day = low;
  DELETE FROM usage_domain_day WHERE day = low;
  %s
  RETURN true;
END $body$ $function$, format(add_up, '(SELECT * FROM usage_event u WHERE u.at >= low AND u.at < high)'));
END $make$;

CREATE TRIGGER usage_roll_up AFTER INSERT ON usage_event REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION usage_roll_up();

-- From the events of before, all of which are held.
TRUNCATE usage_hour, usage_reader_day;
SELECT usage_recount(day) FROM (SELECT DISTINCT (at AT TIME ZONE 'UTC')::date AS day FROM usage_event) days ORDER BY day;
