-- A link shows what its maker looked at: days of their own too, and beside what they stood.
ALTER TABLE "insight_share"
    ADD COLUMN "compare" TEXT NOT NULL DEFAULT 'previous',
    ADD COLUMN "fromDay" DATE,
    ADD COLUMN "toDay" DATE,
    ADD CONSTRAINT "insight_share_span" CHECK (("fromDay" IS NULL) = ("toDay" IS NULL) AND "fromDay" <= "toDay");
