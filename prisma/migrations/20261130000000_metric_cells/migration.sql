-- What is kept of a day is told apart within a domain: by the lines of a chart, or by the bins of a median. All of it is worked
-- out anew.
DELETE FROM metric_day_kept;
ALTER TABLE "metric_day" ADD COLUMN "cell" TEXT NOT NULL DEFAULT '';
ALTER TABLE "metric_day" DROP CONSTRAINT "metric_day_pkey", ADD CONSTRAINT "metric_day_pkey" PRIMARY KEY ("metric", "day", "domainId", "cell");

-- Bins in the order of what is in them, each 5% wide: how many facts are in each tells which holds the middle one, and only
-- that one is read.
CREATE FUNCTION metric_bin(num float8) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT floor(ln(greatest(num, 1e-6)) * 20)::integer $$;
CREATE INDEX "pipeline_run_metric_bin_idx" ON "pipeline_run"
  (metric_bin((extract(epoch FROM "finishedAt" - "startedAt") * 1000)::float8), "finishedAt")
  INCLUDE ("productId", "startedAt") WHERE status = 'succeeded' AND "startedAt" IS NOT NULL;

CREATE INDEX "access_request_item_metric_bin_idx" ON "access_request_item"
  (metric_bin((extract(epoch FROM "decidedAt" - "createdAt") / 3600)::float8), "decidedAt")
  INCLUDE ("productId", "createdAt") WHERE status <> 'withdrawn';

CREATE FUNCTION metric_facts_of(source text, on_column text, metrics text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  event text;
  tables text;
  args text := (SELECT string_agg(quote_literal(arg), ', ') FROM unnest(on_column || metrics) arg);
BEGIN
  FOREACH event IN ARRAY ARRAY['insert', 'update', 'delete'] LOOP
    tables := CASE event WHEN 'insert' THEN 'NEW TABLE AS fresh' WHEN 'delete' THEN 'OLD TABLE AS stale'
      ELSE 'NEW TABLE AS fresh OLD TABLE AS stale' END;
    EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %I REFERENCING %s FOR EACH STATEMENT EXECUTE FUNCTION metric_facts_changed(%s)',
      'metric_' || event, event, source, tables, args);
  END LOOP;
END $$;
SELECT metric_facts_of('pipeline_run', 'finishedAt', ARRAY['processing_latency']);
SELECT metric_facts_of('quality_run', 'startedAt', ARRAY['data_quality_score', 'score_by_dimension', 'worst_products']);
SELECT metric_facts_of('slo_day', 'day', ARRAY['api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn', 'worst_objectives']);
SELECT metric_facts_of('slo_hour', 'hour', ARRAY['api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn', 'worst_objectives']);
SELECT metric_facts_of('release', 'createdAt', ARRAY['innovation_rate']);
SELECT metric_facts_of('access_request_item', 'decidedAt', ARRAY['time_to_approve_access']);
DROP FUNCTION metric_facts_of;
CREATE OR REPLACE TRIGGER metric_basis AFTER UPDATE OF target, kind, "productId" ON slo_objective FOR EACH STATEMENT
  EXECUTE FUNCTION metric_basis_changed('api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn', 'worst_objectives');

-- What the facts of whole ranges come to by product, for short lists of all products: a window is announced before its facts
-- are read, and is taken away by whoever changes one of them.
CREATE TABLE "metric_window" (
  "id" TEXT NOT NULL,
  "metric" TEXT NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "to" TIMESTAMPTZ(3) NOT NULL,
  "isReady" BOOLEAN NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "metric_window_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "metric_window_metric_from_to_key" ON "metric_window" ("metric", "from", "to");
CREATE TABLE "metric_part" (
  "windowId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "cell" TEXT NOT NULL,
  "num" DOUBLE PRECISION NOT NULL,
  "den" DOUBLE PRECISION,
  "n" BIGINT NOT NULL,
  CONSTRAINT "metric_part_pkey" PRIMARY KEY ("windowId", "productId", "cell")
);

CREATE OR REPLACE FUNCTION metric_forget(metrics text[], days timestamptz[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(metric_lock(m, d)) FROM unnest(metrics) m, unnest(days) d
    WHERE d IS NOT NULL ORDER BY m, d;
  DELETE FROM metric_day_kept WHERE metric = any(metrics) AND day = any(days);
  DELETE FROM metric_window w WHERE w.metric = any(metrics)
    AND EXISTS (SELECT FROM unnest(days) d WHERE d >= w."from" AND d < w."to");
END $$;
CREATE OR REPLACE FUNCTION metric_basis_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(metric_lock(m, NULL)) FROM unnest(TG_ARGV) m ORDER BY m;
  DELETE FROM metric_day_kept WHERE metric = any(TG_ARGV);
  DELETE FROM metric_window WHERE metric = any(TG_ARGV);
  RETURN NULL;
END $$;

-- Whether a release held is decided by what happens in the week after it. Arguments: the column that says when, and the columns
-- that matter.
CREATE FUNCTION change_failures_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  ats timestamptz[];
BEGIN
  IF TG_LEVEL = 'ROW' THEN
    ats := ARRAY[NEW.at];
  ELSE
    EXECUTE format(CASE TG_OP WHEN 'INSERT' THEN 'SELECT array_agg(%1$I) FROM fresh' WHEN 'DELETE' THEN 'SELECT array_agg(%1$I) FROM stale'
      ELSE 'SELECT array_agg(%1$I) FROM ((SELECT %2$s FROM fresh EXCEPT SELECT %2$s FROM stale)
        UNION ALL (SELECT %2$s FROM stale EXCEPT SELECT %2$s FROM fresh)) r' END, TG_ARGV[0], TG_ARGV[1]) INTO ats;
  END IF;
  PERFORM metric_forget(ARRAY['change_failure_rate'], array_agg(DISTINCT date_trunc('day', at - interval '24 hours' * n, 'UTC')))
    FROM unnest(ats) at, generate_series(0, 7) n;
  RETURN NULL;
END $$;
DO $$
DECLARE
  source record;
BEGIN
  FOR source IN SELECT * FROM (VALUES
    ('release', '''createdAt'', ''id, "productId", number, "createdAt"'''),
    ('quality_incident', '''openedAt'', ''id, "productId", level, "openedAt"''')) s(name, args)
  LOOP
    EXECUTE format('CREATE TRIGGER failures_insert AFTER INSERT ON %I REFERENCING NEW TABLE AS fresh
      FOR EACH STATEMENT EXECUTE FUNCTION change_failures_changed(%s)', source.name, source.args);
    EXECUTE format('CREATE TRIGGER failures_update AFTER UPDATE ON %I REFERENCING NEW TABLE AS fresh OLD TABLE AS stale
      FOR EACH STATEMENT EXECUTE FUNCTION change_failures_changed(%s)', source.name, source.args);
    EXECUTE format('CREATE TRIGGER failures_delete AFTER DELETE ON %I REFERENCING OLD TABLE AS stale
      FOR EACH STATEMENT EXECUTE FUNCTION change_failures_changed(%s)', source.name, source.args);
  END LOOP;
END $$;
CREATE TRIGGER failures_rollback AFTER INSERT ON "audit_event" FOR EACH ROW WHEN (NEW.action = 'product.rollback')
  EXECUTE FUNCTION change_failures_changed();
