-- The catalogue's search, ranked: what a product is found by in weighted texts, the words of all texts (for completing,
-- correcting and finding within words), and what ranking and facets need beside them. All of it kept by triggers.
drop function catalog_match(text);
drop function catalog_refresh(text[]) cascade;
drop table product_search;

create table product_search (
  "productId" text primary key references product(id) on delete cascade,
  -- Name and title, and both written together in lower case: `customerprofile`.
  title text collate "C" not null,
  "joinedName" text collate "C" not null,
  "joinedTitle" text collate "C" not null,
  -- How many words name and title have, stop words aside.
  "nameTerms" smallint not null,
  "titleTerms" smallint not null,
  "domainId" text not null,
  "ownerId" text not null,
  classification text not null,
  status text not null,
  tags text[] not null,
  -- Kinds of output ports.
  ports text[] not null,
  "createdAt" timestamptz not null,
  -- Since when it is no draft.
  "listedAt" timestamptz,
  -- Different people who read it in thirty days; a chore keeps it.
  readers int not null default 0,
  -- The newest run's mean score, 0 to 100, and when the rows served now were written.
  quality real,
  "refreshedAt" timestamptz,
  -- Usage, quality and status as one number, 0 to 1: the order among equal matches.
  boost real not null generated always as ((
    0.5 * least(ln(1 + readers) / ln(1001), 1) + 0.25 * coalesce(quality, 0) / 100
    + case status when 'production' then 0.25 when 'deprecated' then 0.05 when 'retired' then 0 else 0.15 end
  )::real) stored,
  -- Names (A), tags, domain, owner and terms (B): short, and read for every candidate.
  labels tsvector not null,
  -- The labels and columns (C).
  fields tsvector not null,
  -- The fields and prose (D).
  document tsvector not null
);
-- The large ones live beside the table, so that its rows stay narrow.
alter table product_search alter column labels set storage main, alter column fields set storage external,
  alter column document set storage external;
alter table product_search set (toast_tuple_target = 1200);
create index product_search_fields_idx on product_search using gin (fields) with (fastupdate = off);
create index product_search_document_idx on product_search using gin (document) with (fastupdate = off);
create index product_search_labels_idx on product_search using gin (labels) with (fastupdate = off);
create index product_search_name_idx on product_search ("joinedName");
create index product_search_joined_title_idx on product_search ("joinedTitle");
create index product_search_title_idx on product_search (title, "productId");
create index product_search_boost_idx on product_search (boost desc, "productId");
create index product_search_readers_idx on product_search (readers desc, title, "productId");
create index product_search_quality_idx on product_search (quality desc nulls last, title, "productId");
create index product_search_created_idx on product_search ("createdAt" desc, "productId");
create index product_search_listed_idx on product_search ("listedAt");
create index product_search_domain_idx on product_search ("domainId");
create index product_search_owner_idx on product_search ("ownerId");

create function catalog_stem(word text) returns text language sql immutable as $$
  select coalesce((tsvector_to_array(to_tsvector('english'::regconfig, word)))[1], word)
$$;

-- Every word of every text. It only grows; what is offered to a person is checked against what they may find.
create table catalog_word (
  word text collate "C" primary key,
  stem text not null generated always as
    (catalog_stem(word)) stored
);
create index catalog_word_stem_idx on catalog_word (stem);
create index catalog_word_trigrams_idx on catalog_word using gin (word gin_trgm_ops);

-- Every name of a column and every tag, as written and written together.
create table catalog_name (
  kind text not null check (kind in ('column', 'tag')),
  name text collate "C" not null,
  joined text collate "C" not null,
  primary key (kind, name)
);
create index catalog_name_joined_idx on catalog_name (kind, joined);

-- What products are found by: any number of rows a product and weight. Whatever else products shall be found by
-- (terms of a glossary, say) is one more branch here, with a trigger that calls catalog_refresh.
-- `body` holds words, `joined` names written together.
create view catalog_text as
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
  from product p, jsonb_path_query(p.descriptor, '$.spec.schema[*].**.description ? (@.type() == "string")') c;

create function catalog_terms(body text) returns smallint language sql stable as $$
  select greatest(length(to_tsvector('english', catalog_words(body))), 1)::smallint
$$;

create function catalog_quality(product_id text) returns real language sql stable as $$
  select avg(v.value::text::float8)::real from (
    select scores from quality_run where "productId" = product_id and environment = 'production' and "finishedAt" is not null
    order by "startedAt" desc limit 1
  ) q, jsonb_each(q.scores) v where jsonb_typeof(v.value) = 'number'
$$;

create function catalog_refreshed(product_id text) returns timestamptz language sql stable as $$
  select s."createdAt" from product_environment e join snapshot s on s.id = e."snapshotId"
  where e."productId" = product_id and e.environment = 'production'
$$;

-- Lengths are cut because a tsvector holds at most a megabyte.
create function catalog_refresh(ids text[]) returns void language sql as $$
  with body as materialized (
    select t."productId", left(string_agg(t.body, ' '), 200000) as words,
      left(string_agg(t.body || ' ' || t.joined, ' ') filter (where t.weight = 'A'), 10000) as a,
      left(string_agg(t.body || ' ' || t.joined, ' ') filter (where t.weight = 'B'), 20000) as b,
      left(coalesce(string_agg(t.body || ' ' || t.joined, ' ') filter (where t.weight = 'C'), ''), 60000) as c,
      left(coalesce(string_agg(t.body, ' ') filter (where t.weight = 'D'), ''), 140000) as d
    from catalog_text t where t."productId" = any(ids) group by 1
  ), vector as materialized (
    select "productId", catalog_vector(a, 'A') || catalog_vector(b, 'B') as labels, catalog_vector(c, 'C') as columns,
      catalog_vector(d, 'D') as prose
    from body
  ), word as (
    select distinct w.word from body, unnest(tsvector_to_array(to_tsvector('simple', words))) w(word)
    where length(w.word) between 2 and 40 and w.word !~ '^[0-9]+$'
  ), new_word as (
    -- In one order, so that two writers wait for each other and do not block each other.
    insert into catalog_word (word) select w.word from word w
    where not exists (select from catalog_word k where k.word = w.word) order by w.word
    on conflict do nothing
  ), name as (
    select distinct 'column' as kind, c #>> '{}' as name
    from product p, jsonb_path_query(p.descriptor, '$.spec.schema[*].**.name ? (@.type() == "string")') c where p.id = any(ids)
    union select 'tag', t from product p, unnest(p.tags) t where p.id = any(ids)
  ), new_name as (
    insert into catalog_name (kind, name, joined) select n.kind, n.name, catalog_joined(n.name) from name n
    where not exists (select from catalog_name k where k.kind = n.kind and k.name = n.name) order by 1, 2
    on conflict do nothing
  )
  insert into product_search ("productId", title, "joinedName", "joinedTitle", "nameTerms", "titleTerms", "domainId",
    "ownerId", classification, status, tags, ports, "createdAt", "listedAt", quality, "refreshedAt", labels, fields, document)
  select p.id, lower(p.title), catalog_joined(p.name), left(catalog_joined(p.title), 500), catalog_terms(p.name),
    catalog_terms(p.title), p."domainId", p."ownerId", p.classification, p.status, p.tags,
    array(select distinct o #>> '{}' from jsonb_path_query(p.descriptor, '$.spec.outputPorts[*].type') o order by 1),
    p."createdAt", case when p.status <> 'draft' then now() end, catalog_quality(p.id), catalog_refreshed(p.id),
    v.labels, v.labels || v.columns, v.labels || v.columns || v.prose
  from product p join vector v on v."productId" = p.id
  on conflict ("productId") do update set title = excluded.title, "joinedName" = excluded."joinedName",
    "joinedTitle" = excluded."joinedTitle", "nameTerms" = excluded."nameTerms", "titleTerms" = excluded."titleTerms",
    "domainId" = excluded."domainId", "ownerId" = excluded."ownerId", classification = excluded.classification,
    status = excluded.status, tags = excluded.tags, ports = excluded.ports,
    "listedAt" = coalesce(product_search."listedAt", excluded."listedAt"), quality = excluded.quality,
    "refreshedAt" = excluded."refreshedAt", labels = excluded.labels,
    fields = excluded.fields, document = excluded.document
$$;

drop trigger product_search_update on product;
create trigger product_search_update
  after update of name, title, description, tags, descriptor, documentation, "ownerId", "domainId", classification, status
  on product for each row execute function catalog_product_changed();
create function catalog_quality_measured() returns trigger language plpgsql as $$
begin
  update product_search set quality = catalog_quality(new."productId") where "productId" = new."productId";
  return null;
end $$;
create trigger quality_search_update after insert or update of "finishedAt", scores on quality_run
  for each row when (new.environment = 'production' and new."finishedAt" is not null)
  execute function catalog_quality_measured();

create function catalog_served_changed() returns trigger language plpgsql as $$
begin
  update product_search set "refreshedAt" = catalog_refreshed(new."productId") where "productId" = new."productId";
  return null;
end $$;
create trigger environment_search_update after insert or update of "snapshotId" on product_environment
  for each row when (new.environment = 'production') execute function catalog_served_changed();

-- Who read what in thirty days. @returns how many products changed
create function catalog_refresh_readers(since timestamptz) returns bigint language sql as $$
  with counted as (
    select "productId", count(distinct "actorId")::int as readers from usage_event
    where at >= since and status < 400 and "actorId" is not null group by 1
  ), changed as (
    update product_search s set readers = coalesce(c.readers, 0)
    from product_search t left join counted c on c."productId" = t."productId"
    where s."productId" = t."productId" and s.readers <> coalesce(c.readers, 0)
    returning 1
  ) select count(*) from changed
$$;

-- Whether anything begins with it: a word, or a name written together.
create function catalog_begins(start text) returns boolean language sql stable as $$
  select exists (select from catalog_word where word >= start collate "C" and word < start || U&'\+10FFFF')
    or exists (select from catalog_name where kind = 'column' and joined >= start collate "C" and joined < start || U&'\+10FFFF')
    or exists (select from product_search where "joinedName" >= start collate "C" and "joinedName" < start || U&'\+10FFFF')
    or exists (select from product_search where "joinedTitle" >= start collate "C" and "joinedTitle" < start || U&'\+10FFFF')
$$;

-- What each typed word may mean. Words that resemble it are looked for when no document has it, or always with `all_near`.
create function catalog_understand(query text, all_near boolean)
returns table (word text, stem text, "isStop" boolean, "isKnown" boolean, pair text, family text[], near jsonb, within text[])
language sql stable set pg_trgm.similarity_threshold = 0.25 as $$
  with typed as (
    select w.ordinal, w.word collate "C" as word, catalog_stem(w.word) as stem,
      w.word || lead(w.word) over (order by w.ordinal) as pair
    from unnest(string_to_array(catalog_words(query), ' ')) with ordinality w(word, ordinal)
    where w.word <> '' and w.ordinal <= 10
  ), looked_up as (
    select t.*, array(select k.word from catalog_word k where k.stem = t.stem order by 1 limit 30) as family,
      catalog_begins(t.word) as begins, catalog_begins(t.pair) as paired
    from typed t
  ), known as (
    select *, begins or paired or family <> '{}' or coalesce(lag(paired) over (order by ordinal), false) as is_known
    from looked_up
  )
  select k.word, k.stem, length(to_tsvector('english', k.word)) = 0,
    k.is_known, case when k.paired then k.pair end, k.family,
    case when length(k.word) between 5 and 40 and (all_near or not k.is_known) then (
      select coalesce(jsonb_agg(n), '[]') from (
        select c.word, c.stem from catalog_word c
        where c.word % k.word and c.word <> k.word and length(c.word) between length(k.word) - 2 and length(k.word) + 2
        order by similarity(c.word, k.word) desc, c.word limit 30) n)
      else '[]' end,
    case when length(k.word) between 4 and 40 then array(
      select c.word from catalog_word c where c.word like '%' || k.word || '%' and not starts_with(c.word, k.word) limit 20)
      else '{}' end
  from known k order by k.ordinal
$$;

select catalog_refresh(array(select id from product));
update product_search set "listedAt" = "createdAt" where "listedAt" is not null;
select catalog_refresh_readers(now() - interval '30 days');
