-- The course of levels is read from moves alone: most changes of a scorecard move no level.
CREATE INDEX "scorecard_change_moves" ON "scorecard_change" ("at", "productId", "level", "before") WHERE "level" IS DISTINCT FROM "before";
-- The first row of each history.
CREATE INDEX "scorecard_change_first" ON "scorecard_change" ("productId", "at") WHERE "before" IS NULL;
