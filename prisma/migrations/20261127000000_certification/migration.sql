-- Stewards' certifications of products, and what the catalogue needs to find and sort by: until when a product is
-- certified, and how it is rated.
CREATE TABLE "certification" (
  "id" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "version" TEXT NOT NULL,
  "reason" TEXT NOT NULL,
  "certifiedById" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "until" TIMESTAMPTZ(3) NOT NULL,
  "warnedAt" TIMESTAMPTZ(3),
  "endedAt" TIMESTAMPTZ(3),
  "endedBy" TEXT,
  "endReason" TEXT NOT NULL DEFAULT '',
  "enderId" TEXT,
  CONSTRAINT "certification_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "certification_until_check" CHECK ("until" > "createdAt" AND "until" <= "createdAt" + interval '367 days'),
  CONSTRAINT "certification_end_check" CHECK (("endedAt" IS NULL) = ("endedBy" IS NULL)),
  CONSTRAINT "certification_endedBy_check" CHECK ("endedBy" IN ('expired', 'renewed', 'withdrawn', 'new_version', 'left_production')),
  CONSTRAINT "certification_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "certification_certifiedById_fkey" FOREIGN KEY ("certifiedById") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "certification_enderId_fkey" FOREIGN KEY ("enderId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE INDEX "certification_productId_createdAt_idx" ON "certification"("productId", "createdAt" DESC);
CREATE INDEX "certification_until_idx" ON "certification"("until");
CREATE INDEX "certification_certifiedById_idx" ON "certification"("certifiedById");
-- A product has one at a time.
create unique index certification_standing_key on certification ("productId") where "endedAt" is null;

-- What a steward said stays as it was said, and an end is written once.
create function certification_refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old."endedAt" is null
    and (new.id, new."productId", new.version, new.reason, new."certifiedById", new."createdAt", new.until)
      is not distinct from (old.id, old."productId", old.version, old.reason, old."certifiedById", old."createdAt", old.until)
  then return new; end if;
  raise exception 'the history of certifications is append-only' using errcode = '42501';
end $$;
create trigger certification_append_only before update or delete on certification
  for each row execute function certification_refuse_change();

alter table product_search
  -- Until when a certification stands; whoever asks compares it with the clock.
  add column "certifiedUntil" timestamptz,
  -- The reviews' Bayesian average.
  add column rating real;
create index product_search_certified_idx on product_search ("certifiedUntil") where "certifiedUntil" is not null;
create index product_search_rating_idx on product_search (rating desc nulls last, title, "productId");

create function catalog_certified() returns trigger language plpgsql as $$
begin
  update product_search set "certifiedUntil" = (
    select until from certification where "productId" = new."productId" and "endedAt" is null)
  where "productId" = new."productId";
  return null;
end $$;
create trigger certification_search after insert or update of "endedAt" on certification
  for each row execute function catalog_certified();

create function catalog_rated() returns trigger language plpgsql as $$
begin
  update product_search set rating = new.score
  where "productId" = coalesce(new."productId", old."productId");
  return null;
end $$;
create trigger rating_search after insert or delete or update of score on product_rating
  for each row execute function catalog_rated();
update product_search s set rating = r.score from product_rating r where r."productId" = s."productId";
