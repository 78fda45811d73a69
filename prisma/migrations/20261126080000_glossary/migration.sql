-- Words of the business, what they mean, and which products and columns hold it; products are found by them.
CREATE TABLE "glossary_term" (
  "id" TEXT NOT NULL,
  "slug" TEXT,
  "name" TEXT NOT NULL,
  "definition" TEXT NOT NULL,
  "synonyms" TEXT[] DEFAULT ARRAY[]::TEXT[],
  "domainId" TEXT,
  "ownerId" TEXT NOT NULL,
  "status" TEXT NOT NULL DEFAULT 'draft',
  "approverId" TEXT,
  "approvedAt" TIMESTAMPTZ(3),
  "rev" INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "deletedAt" TIMESTAMPTZ(3),
  CONSTRAINT "glossary_term_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "glossary_term_status_check" CHECK ("status" IN ('draft', 'approved')),
  CONSTRAINT "glossary_term_slug_check" CHECK (("slug" IS NULL) = ("deletedAt" IS NOT NULL)),
  CONSTRAINT "glossary_term_domainId_fkey" FOREIGN KEY ("domainId") REFERENCES "domain"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "glossary_term_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "user"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  CONSTRAINT "glossary_term_approverId_fkey" FOREIGN KEY ("approverId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "glossary_term_slug_key" ON "glossary_term"("slug");
CREATE INDEX "glossary_term_domainId_idx" ON "glossary_term"("domainId");
CREATE INDEX "glossary_term_ownerId_idx" ON "glossary_term"("ownerId");

CREATE TABLE "glossary_relation" (
  "termId" TEXT NOT NULL,
  "relatedId" TEXT NOT NULL,
  CONSTRAINT "glossary_relation_pkey" PRIMARY KEY ("termId", "relatedId"),
  CONSTRAINT "glossary_relation_order_check" CHECK ("termId" COLLATE "C" < "relatedId" COLLATE "C"),
  CONSTRAINT "glossary_relation_termId_fkey" FOREIGN KEY ("termId") REFERENCES "glossary_term"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "glossary_relation_relatedId_fkey" FOREIGN KEY ("relatedId") REFERENCES "glossary_term"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "glossary_relation_relatedId_idx" ON "glossary_relation"("relatedId");

CREATE TABLE "glossary_link" (
  "termId" TEXT NOT NULL,
  "productId" TEXT NOT NULL,
  "column" TEXT NOT NULL DEFAULT '',
  "linkedBy" TEXT NOT NULL,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "glossary_link_pkey" PRIMARY KEY ("termId", "productId", "column"),
  CONSTRAINT "glossary_link_termId_fkey" FOREIGN KEY ("termId") REFERENCES "glossary_term"("id") ON DELETE CASCADE ON UPDATE CASCADE,
  CONSTRAINT "glossary_link_productId_fkey" FOREIGN KEY ("productId") REFERENCES "product"("id") ON DELETE CASCADE ON UPDATE CASCADE
);
CREATE INDEX "glossary_link_productId_idx" ON "glossary_link"("productId");

-- A product is found by its terms and their synonyms as by its tags.
create or replace view catalog_text as
  select p.id as "productId", 'A' as weight, catalog_words(p.name) || ' ' || catalog_words(p.title) as body,
    catalog_joined(p.name) || ' ' || catalog_joined(p.title) as joined
  from product p
  union all
  select p.id, 'B', catalog_words(array_to_string(p.tags, ' ')) || ' ' || catalog_words(d.name || ' ' || d.title)
    || ' ' || catalog_words(u.name || ' ' || split_part(u.email, '@', 1)), catalog_joined(u.email)
  from product p join domain d on d.id = p."domainId" join "user" u on u.id = p."ownerId"
  union all
  select p.id, 'C', catalog_words(c #>> '{}'), catalog_joined(c #>> '{}')
  from product p, jsonb_path_query(p.descriptor, '$.spec.schema[*].**.name ? (@.type() == "string")') c
  union all
  select p.id, 'D', catalog_words(left(p.description, 20000) || ' ' || left(p.documentation, 60000)), ''
  from product p
  union all
  select p.id, 'D', catalog_words(left(c #>> '{}', 2000)), ''
  from product p, jsonb_path_query(p.descriptor, '$.spec.schema[*].**.description ? (@.type() == "string")') c
  union all
  select l."productId", 'B', catalog_words(w.word), catalog_joined(w.word)
  from (select distinct "productId", "termId" from glossary_link) l
  join glossary_term t on t.id = l."termId" and t."deletedAt" is null, unnest(t.name || t.synonyms) w(word);

create function glossary_link_changed() returns trigger language plpgsql as $$
begin
  perform catalog_refresh(array[coalesce(new."productId", old."productId")]);
  return null;
end $$;
create trigger glossary_link_search after insert or delete on glossary_link
  for each row execute function glossary_link_changed();

create function glossary_term_changed() returns trigger language plpgsql as $$
begin
  perform catalog_refresh(array(select distinct "productId" from glossary_link where "termId" = new.id order by 1));
  return null;
end $$;
create trigger glossary_term_search after update of name, synonyms, "deletedAt" on glossary_term
  for each row when ((old.name, old.synonyms, old."deletedAt") is distinct from (new.name, new.synonyms, new."deletedAt"))
  execute function glossary_term_changed();
