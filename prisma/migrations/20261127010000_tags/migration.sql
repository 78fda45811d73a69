-- The vocabulary of tags. Words that products carry already are in it as proposed.
CREATE TABLE "tag" (
  "id" TEXT NOT NULL,
  "key" TEXT NOT NULL,
  "name" TEXT NOT NULL,
  "description" TEXT NOT NULL DEFAULT '',
  "category" TEXT NOT NULL DEFAULT '',
  "ownerId" TEXT,
  "state" TEXT NOT NULL DEFAULT 'proposed',
  "replacementId" TEXT,
  "proposerId" TEXT,
  "rev" INTEGER NOT NULL DEFAULT 1,
  "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT "tag_pkey" PRIMARY KEY ("id"),
  CONSTRAINT "tag_state_check" CHECK ("state" IN ('proposed', 'approved', 'retired')),
  CONSTRAINT "tag_replacement_check" CHECK ("replacementId" IS NULL OR ("state" = 'retired' AND "replacementId" <> "id")),
  CONSTRAINT "tag_ownerId_fkey" FOREIGN KEY ("ownerId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "tag_proposerId_fkey" FOREIGN KEY ("proposerId") REFERENCES "user"("id") ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT "tag_replacementId_fkey" FOREIGN KEY ("replacementId") REFERENCES "tag"("id") ON DELETE SET NULL ON UPDATE CASCADE
);
CREATE UNIQUE INDEX "tag_key_key" ON "tag"("key");
CREATE INDEX "tag_state_idx" ON "tag"("state");
CREATE INDEX "tag_replacementId_idx" ON "tag"("replacementId");
-- Who carries a tag: for counts and merges.
CREATE INDEX "product_tags_idx" ON "product" USING GIN ("tags");

insert into tag (id, key, name)
select gen_random_uuid()::text, lower(t), min(t) from product p, unnest(p.tags) t where btrim(t) <> '' group by lower(t);

-- A list of tags in which one word has another's place, or none; each word once, in the order of the list.
create function tags_moved(held jsonb, old text, new text) returns jsonb language sql immutable as $$
  select coalesce(jsonb_agg(to_jsonb(word) order by place), '[]') from (
    select word, min(place) as place from (
      select case when t = old then new else t end as word, place
      from jsonb_array_elements_text(held) with ordinality as e(t, place)) w
    where word is not null group by word) kept
$$;

-- The same within a DataProduct document; one without tags says nothing of them.
create function document_tags_moved(document jsonb, old text, new text) returns jsonb language sql immutable as $$
  select case when not coalesce(document #> '{spec,tags}' ? old, false) then document
    when tags_moved(document #> '{spec,tags}', old, new) = '[]' then document #- '{spec,tags}'
    else jsonb_set(document, '{spec,tags}', tags_moved(document #> '{spec,tags}', old, new)) end
$$;

-- Products write a word as the vocabulary does.
do $$
declare one record;
begin
  for one in select distinct w.t as word, g.name from product p, unnest(p.tags) w(t) join tag g on g.key = lower(w.t)
    where w.t <> g.name loop
    update product set tags = array(select jsonb_array_elements_text(tags_moved(to_jsonb(tags), one.word, one.name))),
      descriptor = document_tags_moved(descriptor, one.word, one.name)
    where tags @> array[one.word];
  end loop;
end $$;
