-- Which other domains' members read a product on some days: memberships as they stand. Planned for the days that it is asked
-- for, as a day has few readers and a month very many. Rows of a day lie together: the index of days finds them, and the one of
-- products would be read from end to end.
CREATE FUNCTION reuse_pairs(since timestamptz, till timestamptz) RETURNS TABLE ("productId" text, "domainId" text)
LANGUAGE plpgsql STABLE ROWS 10000 SET plan_cache_mode = force_custom_plan SET enable_indexonlyscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT DISTINCT r."productId", m."domainId"
    FROM (SELECT DISTINCT u."productId", u."userId" FROM usage_reader_day u WHERE u.day >= since AND u.day < till) r
    JOIN product p ON p.id = r."productId"
    JOIN membership m ON m."userId" = r."userId" AND m."domainId" <> p."domainId"
    LEFT JOIN membership own ON own."userId" = r."userId" AND own."domainId" = p."domainId"
    WHERE own."userId" IS NULL;
END $$;

-- The same of the 29 days before one, kept on that day until reads of these days or memberships change.
CREATE TABLE "reuse_kept" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "reuse_kept_pkey" PRIMARY KEY ("day")
);
CREATE TABLE "reuse_set" (
  "day" TIMESTAMPTZ(3) NOT NULL,
  "productId" TEXT NOT NULL,
  "domains" TEXT[],
  CONSTRAINT "reuse_set_pkey" PRIMARY KEY ("day", "productId"),
  CONSTRAINT "reuse_set_day_fkey" FOREIGN KEY ("day") REFERENCES "reuse_kept"("day") ON DELETE CASCADE ON UPDATE CASCADE
);

CREATE OR REPLACE FUNCTION usage_past_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  days timestamptz[];
BEGIN
  IF TG_OP = 'DELETE' THEN
    SELECT array_agg(DISTINCT day ORDER BY day) INTO days FROM stale;
  ELSE
    SELECT array_agg(DISTINCT day ORDER BY day) INTO days FROM fresh;
  END IF;
  PERFORM pg_advisory_xact_lock_shared(usage_past_lock(d)) FROM unnest(days) d;
  DELETE FROM reuse_kept WHERE day > days[1];
  LOOP
    DELETE FROM cost_sum_kept WHERE day > days[1];
    EXIT WHEN NOT FOUND;
  END LOOP;
  RETURN NULL;
END $$;

-- Memberships count as they stand. Whoever changes one shares the lock that who works pairs out has alone.
CREATE FUNCTION reuse_forget() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtextextended('reuse', 0));
  DELETE FROM reuse_kept;
  RETURN NULL;
END $$;
CREATE TRIGGER reuse_forget AFTER INSERT OR UPDATE OR DELETE ON membership
  FOR EACH STATEMENT EXECUTE FUNCTION reuse_forget();
