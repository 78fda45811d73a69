-- Days of one product are found by the key alone: an index by day that names products too was taken for them, and searched once
-- a day.
CREATE INDEX "usage_day_day_idx" ON "usage_day" ("day");
DROP INDEX "usage_day_day_productId_idx";

-- A day is counted again from its own blocks, whatever the planner knows of a month that is being filled.
ALTER FUNCTION usage_recount(date) SET enable_seqscan = off;

-- Who read a domain's products on a day, without those that some may not find: sets of people cannot be taken away from each
-- other. `part` stands for the domain and what is left out, `stamp` is how many reads the whole domain had when it was added up:
-- with another it is added up again.
CREATE TABLE "usage_part_day" (
  "part" TEXT NOT NULL,
  "day" TIMESTAMPTZ(3) NOT NULL,
  "chunk" INTEGER NOT NULL,
  "stamp" BIGINT NOT NULL,
  "byOthers" BIGINT NOT NULL,
  "readers" BIT(1024) NOT NULL,
  "madeAt" TIMESTAMPTZ(3) NOT NULL,
  CONSTRAINT "usage_part_day_pkey" PRIMARY KEY ("part", "day", "chunk")
);
CREATE INDEX "usage_part_day_day_idx" ON "usage_part_day" ("day");
CREATE FUNCTION usage_day_counted_again() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE usage_part_day SET stamp = -1 WHERE day IN (SELECT day FROM stale);
  RETURN NULL;
END $$;
CREATE TRIGGER usage_day_counted_again AFTER DELETE ON "usage_domain_day" REFERENCING OLD TABLE AS stale
  FOR EACH STATEMENT EXECUTE FUNCTION usage_day_counted_again();

CREATE OR REPLACE FUNCTION usage_forget_readers(since timestamptz, until timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  UPDATE usage_kept SET "readersSince" = greatest("readersSince", until);
  DELETE FROM usage_reader_day WHERE day >= since AND day < until;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE usage_day SET readers = 0::bit(1024) WHERE day >= since AND day < until AND readers <> 0::bit(1024);
  UPDATE usage_domain_day SET readers = 0::bit(1024) WHERE day >= since AND day < until AND readers <> 0::bit(1024);
  DELETE FROM usage_part_day WHERE day >= since AND day < until;
  RETURN gone;
END $$;
