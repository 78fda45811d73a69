-- The survey: who was asked and when, what came of it by day, and the answers, which name nobody where it is anonymous.
CREATE TABLE "survey_ask" (
    "userId" TEXT NOT NULL,
    "askedOn" DATE NOT NULL,

    CONSTRAINT "survey_ask_pkey" PRIMARY KEY ("userId")
);

CREATE TABLE "survey_ballot" (
    "secretHash" TEXT NOT NULL,
    "askedOn" DATE NOT NULL,
    "isAnonymous" BOOLEAN NOT NULL,
    "userId" TEXT,

    CONSTRAINT "survey_ballot_pkey" PRIMARY KEY ("secretHash"),
    CONSTRAINT "survey_ballot_anonymous" CHECK ("isAnonymous" = ("userId" IS NULL))
);

CREATE TABLE "survey_day" (
    "day" DATE NOT NULL,
    "asked" INTEGER NOT NULL DEFAULT 0,
    "answered" INTEGER NOT NULL DEFAULT 0,
    "skipped" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "survey_day_pkey" PRIMARY KEY ("day"),
    CONSTRAINT "survey_day_sum" CHECK ("answered" + "skipped" <= "asked")
);

CREATE TABLE "survey_answer" (
    "id" TEXT NOT NULL,
    "score" INTEGER NOT NULL,
    "comment" TEXT NOT NULL DEFAULT '',
    "userId" TEXT,
    "day" DATE NOT NULL,
    "releasedOn" DATE,

    CONSTRAINT "survey_answer_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "survey_answer_score" CHECK ("score" BETWEEN 1 AND 5)
);

CREATE INDEX "survey_ballot_askedOn_idx" ON "survey_ballot"("askedOn");
CREATE INDEX "survey_answer_day_idx" ON "survey_answer"("day");

ALTER TABLE "survey_ask" ADD CONSTRAINT "survey_ask_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "survey_ballot" ADD CONSTRAINT "survey_ballot_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "survey_answer" ADD CONSTRAINT "survey_answer_userId_fkey" FOREIGN KEY ("userId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Never twice in 30 days, whoever writes: 31 days from day to day are 30 whole days between any two moments of them.
CREATE FUNCTION survey_ask_rests() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW."askedOn" < OLD."askedOn" + 31 THEN
    RAISE EXCEPTION 'asked again before 30 days were over' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER survey_ask_rests BEFORE UPDATE ON "survey_ask" FOR EACH ROW EXECUTE FUNCTION survey_ask_rests();
