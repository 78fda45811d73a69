-- As before; seconds are taken as doubles, which is faster than as exact numbers.
CREATE OR REPLACE FUNCTION resource_facts(since timestamptz, till timestamptz, at timestamptz)
RETURNS TABLE ("productId" text, day timestamptz, "byteHours" float8, "loadMs" float8, "qualityMs" float8)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
  SELECT f.product, f.day, sum(f.bytes), sum(f.load), sum(f.quality) FROM (
    SELECT s."productId" AS product, d.day, s."sizeBytes"::float8 * date_part('epoch',
        least(s."removedAt", d.day + interval '24 hours', at) - greatest(s."readyAt", d.day)) / 3600 AS bytes,
      0::float8 AS load, 0::float8 AS quality
    FROM generate_series(since, least(till, at) - interval '1 millisecond', interval '24 hours') AS d(day)
    JOIN snapshot s ON s."readyAt" < least(d.day + interval '24 hours', at)
      AND (s."removedAt" IS NULL OR s."removedAt" > d.day)
    WHERE s."sizeBytes" > 0 AND (s."removedAt" IS NULL OR s."removedAt" > since)
    UNION ALL
    SELECT r."productId", date_trunc('day', r."finishedAt", 'UTC'), 0,
      date_part('epoch', r."finishedAt" - r."startedAt") * 1000, 0
    FROM pipeline_run r WHERE r."finishedAt" >= since AND r."finishedAt" < till AND r."startedAt" IS NOT NULL
    UNION ALL
    SELECT r."productId", date_trunc('day', p."finishedAt", 'UTC'), 0,
      date_part('epoch', p."finishedAt" - p."startedAt") * 1000, 0
    FROM provisioning_step p JOIN provisioning_run r ON r.id = p."runId"
    WHERE p."finishedAt" >= since AND p."finishedAt" < till AND p.name = 'processing' AND p.status = 'done'
    UNION ALL
    SELECT q."productId", date_trunc('day', q."finishedAt", 'UTC'), 0, 0, q."durationMs"
    FROM quality_run q WHERE q."finishedAt" >= since AND q."finishedAt" < till AND q."durationMs" IS NOT NULL) f
  GROUP BY 1, 2
$$;

-- What products took of the platform, of all of them: planned for the days that it is asked for, as only then it is known how
-- many snapshots have been kept since.
CREATE FUNCTION resource_facts_of_all(since timestamptz, till timestamptz, at timestamptz)
RETURNS TABLE ("productId" text, day timestamptz, "byteHours" float8, "loadMs" float8, "qualityMs" float8)
LANGUAGE plpgsql STABLE ROWS 10000 SET plan_cache_mode = force_custom_plan AS $$
BEGIN
  RETURN QUERY SELECT * FROM resource_facts(since, till, at);
END $$;

-- What the products of a domain took on a UTC day that is over: `resource_day` added up, written with it. A product stays in
-- its domain. The counts are of days of products: on which something was stored, loaded or checked, any of these.
CREATE TABLE "resource_domain_day" (
  "domainId" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "byteHours" DOUBLE PRECISION NOT NULL,
  "loadMs" DOUBLE PRECISION NOT NULL,
  "qualityMs" DOUBLE PRECISION NOT NULL,
  "stored" INTEGER NOT NULL,
  "worked" INTEGER NOT NULL,
  "taken" INTEGER NOT NULL,
  CONSTRAINT "resource_domain_day_pkey" PRIMARY KEY ("day", "domainId")
);

-- Writes one down, of products and of domains.
CREATE FUNCTION resource_write_day(since timestamptz) RETURNS void LANGUAGE sql AS $$
  WITH written AS (
    INSERT INTO resource_day SELECT * FROM resource_facts_of_all(since, since + interval '24 hours', since + interval '24 hours') RETURNING *)
  INSERT INTO resource_domain_day
    SELECT p."domainId", w.day, sum(w."byteHours"), sum(w."loadMs"), sum(w."qualityMs"), count(*) FILTER (WHERE w."byteHours" > 0),
      count(*) FILTER (WHERE w."loadMs" + w."qualityMs" > 0), count(*) FILTER (WHERE w."byteHours" + w."loadMs" + w."qualityMs" > 0)
    FROM written w JOIN product p ON p.id = w."productId" GROUP BY 1, 2
$$;
INSERT INTO resource_domain_day
  SELECT p."domainId", w.day, sum(w."byteHours"), sum(w."loadMs"), sum(w."qualityMs"), count(*) FILTER (WHERE w."byteHours" > 0),
    count(*) FILTER (WHERE w."loadMs" + w."qualityMs" > 0), count(*) FILTER (WHERE w."byteHours" + w."loadMs" + w."qualityMs" > 0)
  FROM resource_day w JOIN product p ON p.id = w."productId" GROUP BY 1, 2;

-- What a product took on all days before one, that day's own not among them: two of them say what it took between, however
-- long that is. They are kept of few days, of each until a day before it changes, and worked out again by a chore.
CREATE TABLE "cost_sum_kept" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "cost_sum_kept_pkey" PRIMARY KEY ("day")
);
CREATE TABLE "cost_sum" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  "productId" TEXT NOT NULL,
  "byteHours" DOUBLE PRECISION NOT NULL,
  "loadMs" DOUBLE PRECISION NOT NULL,
  "qualityMs" DOUBLE PRECISION NOT NULL,
  "latencyMs" DOUBLE PRECISION NOT NULL,
  "sizeBytes" DOUBLE PRECISION NOT NULL,
  "stored" BIGINT NOT NULL,
  "worked" BIGINT NOT NULL,
  "taken" BIGINT NOT NULL,
  "reads" BIGINT NOT NULL,
  CONSTRAINT "cost_sum_pkey" PRIMARY KEY ("day", "productId"),
  CONSTRAINT "cost_sum_day_fkey" FOREIGN KEY ("day") REFERENCES "cost_sum_kept"("day") ON DELETE CASCADE ON UPDATE CASCADE
);

-- Whoever changes what was used on a day shares its lock, and who adds days up has those of all of them alone: a change is
-- either part of a sum, or finds it and forgets it. What was made of a sum meanwhile is found by looking again.
CREATE FUNCTION usage_past_lock(day timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT hashtextextended('usage_past:' || extract(epoch FROM day)::text, 0) $$;
CREATE FUNCTION usage_past_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days timestamptz[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT day ORDER BY day) INTO days FROM stale;
  ELSE
    SELECT array_agg(DISTINCT day ORDER BY day) INTO days FROM fresh;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(usage_past_lock(d)) FROM unnest(days) d;
  LOOP
    DELETE FROM cost_sum_kept WHERE day > days[1];
    EXIT WHEN NOT FOUND;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER cost_sum_insert AFTER INSERT ON usage_domain_day REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION usage_past_changed();
CREATE TRIGGER cost_sum_update AFTER UPDATE ON usage_domain_day REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION usage_past_changed();
CREATE TRIGGER cost_sum_delete AFTER DELETE ON usage_domain_day REFERENCING OLD TABLE AS stale
  FOR EACH STATEMENT EXECUTE FUNCTION usage_past_changed();
