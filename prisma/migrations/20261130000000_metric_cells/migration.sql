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
SELECT metric_facts_of('quality_run', 'startedAt', ARRAY['data_quality_score', 'score_by_dimension']);
SELECT metric_facts_of('slo_day', 'day', ARRAY['api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn']);
SELECT metric_facts_of('slo_hour', 'hour', ARRAY['api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn']);
DROP FUNCTION metric_facts_of;
CREATE OR REPLACE TRIGGER metric_basis AFTER UPDATE OF target, kind, "productId" ON slo_objective FOR EACH STATEMENT
  EXECUTE FUNCTION metric_basis_changed('api_availability', 'error_budget_left', 'slo_attainment', 'budget_burn');
