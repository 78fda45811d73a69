-- What became of an example in a product's documentation, on the snapshot that it was run on.
CREATE TABLE "documentation_example" (
    "productId" TEXT NOT NULL,
    "queryHash" TEXT NOT NULL,
    "snapshotId" TEXT NOT NULL,
    "ownerId" TEXT NOT NULL,
    "hasPassed" BOOLEAN NOT NULL,
    "message" TEXT NOT NULL DEFAULT '',
    "ranAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "documentation_example_pkey" PRIMARY KEY ("productId","queryHash")
);
ALTER TABLE "documentation_example" ADD CONSTRAINT "documentation_example_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- A product's history leaves its reads aside, which may be millions.
create index "audit_event_product_changes_idx" on audit_event ("productId", "at" desc, "chain", "seq") where decision is null;
