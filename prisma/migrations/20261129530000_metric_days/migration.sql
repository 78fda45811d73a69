-- What the facts of a metric come to by domain and UTC day, for metrics with many facts that are added up. A day is kept from
-- when it was worked out until one of its facts changes: then it is forgotten in the transaction of the change, and figures take
-- its facts themselves until it is worked out again.
CREATE TABLE "metric_day_kept" (
  "metric" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "metric_day_kept_pkey" PRIMARY KEY ("metric", "day")
);
CREATE TABLE "metric_day" (
  "metric" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "domainId" TEXT NOT NULL,
  "num" DOUBLE PRECISION NOT NULL,
  "den" DOUBLE PRECISION,
  "n" BIGINT NOT NULL,
  CONSTRAINT "metric_day_pkey" PRIMARY KEY ("metric", "day", "domainId"),
  CONSTRAINT "metric_day_metric_day_fkey" FOREIGN KEY ("metric", "day") REFERENCES "metric_day_kept"("metric", "day") ON DELETE CASCADE ON UPDATE CASCADE
);

-- The lock of a metric's day; day 0 stands for all of them. Who changes facts shares it, who works a day out has it alone: a
-- change is either part of what is kept, or finds it and forgets it.
CREATE FUNCTION metric_lock(metric text, day timestamptz) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT hashtextextended('metric_day:' || metric || coalesce(extract(epoch FROM day)::text, ':all'), 0) $$;

CREATE FUNCTION metric_forget(metrics text[], days timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(metric_lock(m, d)) FROM unnest(metrics) m, unnest(days) d
    WHERE d IS NOT NULL ORDER BY m, d;
  DELETE FROM metric_day_kept WHERE metric = any(metrics) AND day = any(days);
END $$;

-- Arguments: the column that says when a fact happened, then the metrics that it is a fact of.
CREATE FUNCTION metric_facts_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days timestamptz[];
  rows text := CASE TG_OP WHEN 'INSERT' THEN 'TABLE fresh' WHEN 'DELETE' THEN 'TABLE stale'
    ELSE 'SELECT * FROM fresh UNION ALL SELECT * FROM stale' END;
BEGIN
  EXECUTE format('SELECT array_agg(DISTINCT date_trunc(''day'', %I, ''UTC'')) FROM (%s) r', TG_ARGV[0], rows) INTO days;
  PERFORM metric_forget(TG_ARGV[1:], days);
  RETURN NULL;
END $$;
-- What every fact of a metric rests on has changed. Arguments: the metrics.
CREATE FUNCTION metric_basis_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(metric_lock(m, NULL)) FROM unnest(TG_ARGV) m ORDER BY m;
  DELETE FROM metric_day_kept WHERE metric = any(TG_ARGV);
  RETURN NULL;
END $$;

DO $$
DECLARE
  source record;
BEGIN
  FOR source IN SELECT * FROM (VALUES
    ('quality_run', '''startedAt'', ''data_quality_score'''),
    ('slo_day', '''day'', ''api_availability'', ''error_budget_left'''),
    ('slo_hour', '''hour'', ''api_availability'', ''error_budget_left''')) s(name, args)
  LOOP
    EXECUTE format('CREATE TRIGGER metric_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION metric_facts_changed(%s)', source.name, source.args);
    EXECUTE format('CREATE TRIGGER metric_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
      FOR EACH STATEMENT EXECUTE FUNCTION metric_facts_changed(%s)', source.name, source.args);
    EXECUTE format('CREATE TRIGGER metric_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS stale
      FOR EACH STATEMENT EXECUTE FUNCTION metric_facts_changed(%s)', source.name, source.args);
  END LOOP;
END $$;
CREATE TRIGGER metric_basis AFTER UPDATE OF target, kind, "productId" ON slo_objective
  FOR EACH STATEMENT EXECUTE FUNCTION metric_basis_changed('api_availability', 'error_budget_left');

-- Facts of some days are looked for in all products.
CREATE INDEX "quality_run_startedAt_idx" ON "quality_run" ("startedAt");
CREATE INDEX "slo_day_day_idx" ON "slo_day" ("day");
-- The first who read a product.
CREATE INDEX "product_reader_productId_firstAt_idx" ON "product_reader" ("productId", "firstAt");
