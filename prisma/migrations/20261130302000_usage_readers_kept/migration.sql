-- From which moment on it is still held who read: before it, only how much was read. Nothing is forgotten yet.
ALTER TABLE "usage_kept" ADD COLUMN "readersSince" TIMESTAMPTZ(3) NOT NULL DEFAULT '0001-01-01 00:00:00+00';

-- Forgets who read what on the days before `until`: the rows by person, and the sets of numbers beside the sums, which a
-- person's number would tell. Sums stay. Returns how many rows of persons went.
CREATE FUNCTION usage_forget_readers(since timestamptz, until timestamptz) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  gone bigint;
BEGIN
  UPDATE usage_kept SET "readersSince" = greatest("readersSince", until);
  DELETE FROM usage_reader_day WHERE day >= since AND day < until;
  GET DIAGNOSTICS gone = ROW_COUNT;
  UPDATE usage_day SET readers = 0::bit(1024) WHERE day >= since AND day < until AND readers <> 0::bit(1024);
  UPDATE usage_domain_day SET readers = 0::bit(1024) WHERE day >= since AND day < until AND readers <> 0::bit(1024);
  RETURN gone;
END $$;

-- Who is deleted has no number and no rows any more: what the sets still hold of them leads to nobody. A number is given once.
CREATE FUNCTION usage_forget_person() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM usage_reader WHERE "userId" = OLD.id;
  DELETE FROM usage_reader_day WHERE "userId" = OLD.id;
  RETURN NULL;
END $$;
CREATE TRIGGER usage_forget_person AFTER DELETE ON "user" FOR EACH ROW EXECUTE FUNCTION usage_forget_person();
