-- Events of use become a table of months, so that those that are old enough go at once and not row by row.
ALTER TABLE usage_event RENAME TO usage_event_whole;
ALTER TABLE usage_event_whole RENAME CONSTRAINT usage_event_pkey TO usage_event_whole_pkey;
CREATE TABLE usage_event (LIKE usage_event_whole INCLUDING DEFAULTS) PARTITION BY RANGE (at);
ALTER TABLE usage_event ADD COLUMN "isOwner" BOOLEAN NOT NULL DEFAULT false;
-- No row is ever refused: one whose month is not there waits here.
CREATE TABLE usage_event_default PARTITION OF usage_event DEFAULT;

-- From which moment on events are still held: before it, roll-ups are all there is. One row.
CREATE TABLE "usage_kept" (
  "id" INTEGER NOT NULL DEFAULT 1,
  "since" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "usage_kept_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "usage_kept_one" CHECK ("id" = 1)
);
INSERT INTO usage_kept (since) VALUES ('0001-01-01 00:00:00+00');

-- Adds the month (UTC) that begins on `first`. What waits in the default partition for it moves in, past the roll-up, which
-- has counted it already. Attaching blocks no writer of other months; a long read of the default partition makes it try again later.
CREATE FUNCTION usage_add_month(first date) RETURNS boolean LANGUAGE plpgsql
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
  part text := 'usage_event_' || to_char(first, 'YYYY_MM');
  low timestamptz := first::timestamp AT TIME ZONE 'UTC';
  high timestamptz := (first + interval '1 month') AT TIME ZONE 'UTC';
BEGIN
  PERFORM pg_advisory_xact_lock(7304);
  IF to_regclass('public.' || part) IS NOT NULL THEN RETURN false; END IF;
  EXECUTE format('CREATE TABLE public.%I (LIKE public.usage_event INCLUDING ALL)', part);
  EXECUTE format('WITH moved AS (DELETE FROM public.usage_event_default WHERE at >= $1 AND at < $2 RETURNING *)
    INSERT INTO public.%I SELECT * FROM moved', part) USING low, high;
  EXECUTE format('ALTER TABLE public.usage_event ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)', part, low, high);
  RETURN true;
END $$;

-- This month and the next three. The application's role may call it and can make no table otherwise.
CREATE FUNCTION usage_prepare_months() RETURNS integer LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
  SELECT count(*) FILTER (WHERE public.usage_add_month(month::date))::integer
  FROM generate_series(date_trunc('month', now() AT TIME ZONE 'UTC'),
    date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months', interval '1 month') month
$$;

-- Drops the months that ended by `before`, which takes no longer for many events than for few, and says which they were. A
-- month that somebody reads for long is left for the next time.
CREATE FUNCTION usage_drop_months(before timestamptz) RETURNS text[] LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' AS $$
DECLARE
  part record;
  gone text[] := '{}';
BEGIN
  IF before > now() - interval '90 days' THEN
    RAISE EXCEPTION 'events of the last 90 days are not dropped' USING errcode = '42501';
  END IF;
  PERFORM pg_advisory_xact_lock(7304);
  FOR part IN SELECT c.relname AS name, to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' AS ends
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
    WHERE i.inhparent = 'public.usage_event'::regclass AND c.relname ~ '^usage_event_\d{4}_\d{2}$' ORDER BY 1
  LOOP
    CONTINUE WHEN part.ends AT TIME ZONE 'UTC' > before;
    -- A recount that is under way holds this row: it ends on what it has begun with.
    UPDATE public.usage_kept SET since = greatest(since, part.ends AT TIME ZONE 'UTC');
    EXECUTE format('DROP TABLE public.%I', part.name);
    gone := gone || to_char(part.ends - interval '1 month', 'YYYY-MM');
  END LOOP;
  -- What came in later than its month was dropped.
  DELETE FROM public.usage_event_default WHERE at < date_trunc('month', before, 'UTC');
  IF FOUND THEN
    UPDATE public.usage_kept SET since = greatest(since, date_trunc('month', before, 'UTC'));
    gone := gone || 'late'::text;
  END IF;
  RETURN gone;
END $$;
REVOKE ALL ON FUNCTION usage_add_month(date), usage_prepare_months(), usage_drop_months(timestamptz) FROM PUBLIC;

SELECT usage_add_month(month) FROM (SELECT DISTINCT date_trunc('month', at AT TIME ZONE 'UTC')::date AS month
  FROM usage_event_whole) months ORDER BY month;
SELECT usage_prepare_months();
-- Who owns a product changes; whether it was its owner who read it is kept with the event.
INSERT INTO usage_event
  SELECT e.*, coalesce(p."ownerId" = e."actorId", false)
  FROM usage_event_whole e LEFT JOIN product p ON p.id = e."productId" ORDER BY e.at;
DROP TABLE usage_event_whole CASCADE;

ALTER TABLE usage_event ADD CONSTRAINT "usage_event_pkey" PRIMARY KEY ("id", "at");
CREATE INDEX "usage_event_productId_at_idx" ON usage_event ("productId", "at" DESC);
CREATE INDEX "usage_event_at_idx" ON usage_event USING BRIN ("at");
