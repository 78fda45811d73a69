-- From when on each snapshot was served: after a rollback, the newest snapshot is not the one that was read.
CREATE TABLE "served_snapshot" (
  "productId" TEXT NOT NULL,
  "from" TIMESTAMPTZ(3) NOT NULL,
  "snapshotId" TEXT NOT NULL,
  CONSTRAINT "served_snapshot_pkey" PRIMARY KEY ("productId", "from", "snapshotId"),
  CONSTRAINT "served_snapshot_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "served_snapshot_snapshotId_fkey" FOREIGN KEY ("snapshotId") REFERENCES "snapshot"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "served_snapshot_snapshotId_idx" ON "served_snapshot"("snapshotId");

-- What is known of the time before: a snapshot was served from when it was written.
INSERT INTO "served_snapshot" ("productId", "from", "snapshotId")
SELECT "productId", "createdAt", id FROM "snapshot" WHERE environment <> 'staging' AND status <> 'building';

CREATE FUNCTION note_served_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO served_snapshot ("productId", "from", "snapshotId")
  SELECT NEW."productId", date_trunc('milliseconds', clock_timestamp()), s.id FROM snapshot s WHERE s.id = NEW."snapshotId"
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER served_snapshot_first AFTER INSERT ON product_environment
  FOR EACH ROW WHEN (NEW.environment <> 'staging' AND NEW."snapshotId" IS NOT NULL)
  EXECUTE FUNCTION note_served_snapshot();
CREATE TRIGGER served_snapshot_next AFTER UPDATE OF "snapshotId" ON product_environment
  FOR EACH ROW WHEN (NEW.environment <> 'staging' AND NEW."snapshotId" IS NOT NULL
    AND NEW."snapshotId" IS DISTINCT FROM OLD."snapshotId")
  EXECUTE FUNCTION note_served_snapshot();
