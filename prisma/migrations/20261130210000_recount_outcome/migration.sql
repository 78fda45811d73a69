-- What came of counting days again: the reads of the days that are counted, before and after.
ALTER TABLE "usage_recount"
    ADD COLUMN "readsBefore" BIGINT NOT NULL DEFAULT 0,
    ADD COLUMN "readsAfter" BIGINT NOT NULL DEFAULT 0;
