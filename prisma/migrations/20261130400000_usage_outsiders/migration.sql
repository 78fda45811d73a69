-- Whether a reader has a role in the product's domain changes; what it was when it was read is kept with the event, and how many
-- reads were by people who had none is counted in roll-ups. Events of before are told by the memberships of today.
ALTER TABLE usage_event ADD COLUMN "inDomain" BOOLEAN NOT NULL DEFAULT false;
UPDATE usage_event e SET "inDomain" = true FROM product p JOIN membership m ON m."domainId" = p."domainId"
  WHERE p.id = e."productId" AND m."userId" = e."actorId";
ALTER TABLE usage_day ADD COLUMN "byOutsiders" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_domain_day ADD COLUMN "byOutsiders" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE usage_day ALTER COLUMN "byOutsiders" DROP DEFAULT;
ALTER TABLE usage_domain_day ALTER COLUMN "byOutsiders" DROP DEFAULT;

-- What a product was read in a UTC month at most: what its days say, or more where days that had been counted too high were
-- counted again. Which products can be among those read most is told by it, without their days.
CREATE TABLE "usage_month" (
  "month" TIMESTAMPTZ(3) NOT NULL,
  "productId" TEXT NOT NULL,
  "most" BIGINT NOT NULL,
  CONSTRAINT "usage_month_pkey" PRIMARY KEY ("month", "productId")
) WITH (fillfactor = 85);
INSERT INTO usage_month ("productId", month, most)
  SELECT "productId", date_trunc('month', day, 'UTC'), sum(reads) FROM usage_day GROUP BY 1, 2 HAVING sum(reads) > 0;

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
      count(r.number) FILTER (WHERE NOT e."inDomain") AS outsiders,
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
      sum(outsiders) AS outsiders, sum(refused) AS refused, sum(failed) AS failed, sum(rows) AS rows, sum(bytes) AS bytes,
      sum(latency) AS latency, bit_or(readers) AS readers
    FROM cell GROUP BY 1, 2, 3),
  days AS (
    INSERT INTO usage_day AS held ("productId", day, chunk, reads, "byOthers", "byOutsiders", refused, failed, "rowCount",
        "sizeBytes", "latencyMs", readers)
      SELECT * FROM day ORDER BY 1, 2, 3
    ON CONFLICT ("productId", day, chunk) DO UPDATE SET reads = held.reads + excluded.reads,
      "byOthers" = held."byOthers" + excluded."byOthers", "byOutsiders" = held."byOutsiders" + excluded."byOutsiders",
      refused = held.refused + excluded.refused, failed = held.failed + excluded.failed,
      "rowCount" = held."rowCount" + excluded."rowCount", "sizeBytes" = held."sizeBytes" + excluded."sizeBytes",
      "latencyMs" = held."latencyMs" + excluded."latencyMs", readers = held.readers | excluded.readers)
  %2$s
  INSERT INTO usage_domain_day AS held ("domainId", day, chunk, reads, "byOthers", "byOutsiders", refused, failed, "rowCount",
      "sizeBytes", "latencyMs", readers)
    SELECT p."domainId", d.day, d.chunk, sum(d.reads), sum(d.others), sum(d.outsiders), sum(d.refused), sum(d.failed),
      sum(d.rows), sum(d.bytes), sum(d.latency), bit_or(d.readers)
    FROM day d JOIN product p ON p.id = d."productId" GROUP BY 1, 2, 3 ORDER BY 2, 1, 3
  ON CONFLICT ("day", "domainId", chunk) DO UPDATE SET reads = held.reads + excluded.reads,
    "byOthers" = held."byOthers" + excluded."byOthers", "byOutsiders" = held."byOutsiders" + excluded."byOutsiders",
    refused = held.refused + excluded.refused, failed = held.failed + excluded.failed,
    "rowCount" = held."rowCount" + excluded."rowCount", "sizeBytes" = held."sizeBytes" + excluded."sizeBytes",
    "latencyMs" = held."latencyMs" + excluded."latencyMs", readers = held.readers | excluded.readers;
  $sql$;
  months text := $sql$
  , months AS (
    INSERT INTO usage_month AS held
      SELECT date_trunc('month', day, 'UTC'), "productId", sum(reads) FROM day GROUP BY 1, 2 HAVING sum(reads) > 0 ORDER BY 1, 2
    ON CONFLICT (month, "productId") DO UPDATE SET most = held.most + excluded.most)
  $sql$;
BEGIN
  -- Writers of a day share its lock, and who counts it again has it alone: so no event is counted by both, or by neither.
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION usage_roll_up() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(7305, d.day) FROM (
    SELECT DISTINCT floor(extract(epoch FROM e.at) / 86400)::integer AS day FROM fresh e ORDER BY 1) d;
  %s
  RETURN NULL;
END $body$ $function$, format(add_up, 'fresh', months));

  -- Counts one UTC day again from its events, exactly, while others write; false: its events are not held any more.
  EXECUTE format($function$
CREATE OR REPLACE FUNCTION usage_recount(of_day date) RETURNS boolean LANGUAGE plpgsql AS $body$
DECLARE
  low timestamptz := of_day::timestamp AT TIME ZONE 'UTC';
  high timestamptz := low + interval '24 hours';
  before jsonb;
BEGIN
  -- Held to the end, so that the events are not dropped meanwhile.
  PERFORM FROM usage_kept WHERE since <= low FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM pg_advisory_xact_lock(7305, floor(extract(epoch FROM low) / 86400)::integer);
  SELECT jsonb_object_agg(d."productId", d.reads) INTO before
    FROM (SELECT "productId", sum(reads) AS reads FROM usage_day WHERE day = low GROUP BY 1) d;
  DELETE FROM usage_hour WHERE hour >= low AND hour < high;
  DELETE FROM usage_day WHERE day = low;
  DELETE FROM usage_reader_day WHERE day = low;
  DELETE FROM usage_domain_day WHERE day = low;
  %s
  -- Only what the day had not counted is more than before. Last, as writers of other days of the month wait for it.
  INSERT INTO usage_month AS held
    SELECT date_trunc('month', low, 'UTC'), d."productId", sum(d.reads) - coalesce((before ->> d."productId")::bigint, 0)
    FROM usage_day d WHERE d.day = low
    GROUP BY 2 HAVING sum(d.reads) > coalesce((before ->> d."productId")::bigint, 0) ORDER BY 2
  ON CONFLICT (month, "productId") DO UPDATE SET most = held.most + excluded.most;
  RETURN true;
END $body$ $function$, format(add_up, '(SELECT * FROM usage_event u WHERE u.at >= low AND u.at < high)', ''));
END $make$;

-- Of days whose events are held, from them; of the others, from who read what on them and whom their sets of readers hold.
WITH outside AS MATERIALIZED (
  SELECT e."productId", date_trunc('day', e.at, 'UTC') AS day, r.number / 1024 AS chunk, count(*) AS n
  FROM usage_event e JOIN usage_reader r ON r."userId" = e."actorId"
  WHERE usage_by_other(e.shape, e.status, e."actorId", e."isOwner") AND NOT e."inDomain" AND e.at >= (SELECT since FROM usage_kept)
  GROUP BY 1, 2, 3
  UNION ALL
  SELECT d."productId", d.day, d.chunk, least(sum(x.reads), max(d."byOthers"))
  FROM usage_reader_day x JOIN usage_reader r ON r."userId" = x."userId"
  JOIN usage_day d ON d."productId" = x."productId" AND d.day = x.day AND d.chunk = r.number / 1024
    AND get_bit(d.readers, r.number % 1024) = 1
  LEFT JOIN product p ON p.id = x."productId"
  LEFT JOIN membership m ON m."domainId" = p."domainId" AND m."userId" = x."userId"
  WHERE m."userId" IS NULL AND x.day < (SELECT since FROM usage_kept) GROUP BY 1, 2, 3),
days AS (
  UPDATE usage_day d SET "byOutsiders" = o.n FROM outside o
  WHERE d."productId" = o."productId" AND d.day = o.day AND d.chunk = o.chunk)
UPDATE usage_domain_day d SET "byOutsiders" = o.n
FROM (SELECT p."domainId", o.day, o.chunk, sum(o.n) AS n FROM outside o JOIN product p ON p.id = o."productId" GROUP BY 1, 2, 3) o
WHERE d."domainId" = o."domainId" AND d.day = o.day AND d.chunk = o.chunk;
