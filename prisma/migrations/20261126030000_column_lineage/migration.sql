CREATE TABLE "lineage_derivation" (
    "productId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "source" TEXT NOT NULL,
    "gaps" JSONB NOT NULL DEFAULT '[]',
    "derivedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "lineage_derivation_pkey" PRIMARY KEY ("productId", "version")
);

CREATE TABLE "column_lineage" (
    "productId" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "field" TEXT NOT NULL,
    "sourceId" TEXT,
    "sourceColumn" TEXT NOT NULL,
    "how" TEXT NOT NULL,

    CONSTRAINT "column_lineage_pkey" PRIMARY KEY ("productId", "version", "ordinal")
);

CREATE TABLE "lineage_due" (
    "id" BIGSERIAL NOT NULL,
    "productId" TEXT NOT NULL,
    "claimedAt" TIMESTAMPTZ(3),

    CONSTRAINT "lineage_due_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "column_lineage_sourceId_sourceColumn_idx" ON "column_lineage"("sourceId", "sourceColumn");
CREATE INDEX "lineage_due_productId_idx" ON "lineage_due"("productId");

ALTER TABLE "lineage_derivation" ADD CONSTRAINT "lineage_derivation_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "column_lineage" ADD CONSTRAINT "column_lineage_productId_version_fkey" FOREIGN KEY ("productId", "version") REFERENCES "lineage_derivation"("productId", "version") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "lineage_due" ADD CONSTRAINT "lineage_due_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Whatever changes what columns are made of is noted in the same transaction, by whichever way it came. Rows are only
-- added here, so that nobody waits for another's.
create function lineage_note() returns trigger language plpgsql as $$
begin
  insert into lineage_due ("productId") values (new."productId");
  return null;
end $$;

create trigger lineage_of_pipeline after insert on pipeline
  for each row execute function lineage_note();
create trigger lineage_of_changed_pipeline after update of spec on pipeline
  for each row when (old.spec is distinct from new.spec) execute function lineage_note();
create trigger lineage_of_input after insert or update of "version" on product_input
  for each row execute function lineage_note();

-- A new contract of a source may change what a star in its readers' statements stands for.
create function lineage_note_contract() returns trigger language plpgsql as $$
begin
  insert into lineage_due ("productId")
    select new.id union select "productId" from product_input where "sourceId" = new.id;
  return null;
end $$;

create trigger lineage_of_contract after update of version, descriptor on product
  for each row when (old.version is distinct from new.version
    or old.descriptor #> '{spec,schema}' is distinct from new.descriptor #> '{spec,schema}')
  execute function lineage_note_contract();

insert into lineage_due ("productId") select "productId" from pipeline;
