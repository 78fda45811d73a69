-- What each typed word may mean. `begun` are the words that begin with it, one more than are asked for one by one; words
-- that resemble it are looked for when no document has it, or always with `all_near`.
drop function catalog_understand(text, boolean);
drop function catalog_begins(text);
create function catalog_understand(query text, all_near boolean)
returns table (word text, stem text, "isStop" boolean, "isKnown" boolean, pair text, begun text[], family text[], near jsonb, within text[])
language plpgsql stable set pg_trgm.similarity_threshold = 0.25 as $$
#variable_conflict use_column
begin
  return query with typed as materialized (
    select w.ordinal, w.word collate "C" as word, catalog_stem(w.word) as stem, to_tsvector('english', w.word) = '' as is_stop,
      (w.word || lead(w.word) over (order by w.ordinal)) collate "C" as pair
    from unnest(string_to_array(catalog_words(query), ' ')) with ordinality w(word, ordinal)
    where w.word <> '' and w.ordinal <= 10
  ), looked_up as materialized (
    select t.*,
      array(select distinct k.word from catalog_word k where k.word >= t.word and k.word < t.word || U&'\+10FFFF' order by 1 limit 21) as begun,
      array(select distinct k.word from catalog_word k where k.stem = t.stem order by 1 limit 30) as family,
      exists (select from catalog_word k where k.word >= t.pair and k.word < t.pair || U&'\+10FFFF')
        or exists (select from catalog_name k where kind = 'column' and k.joined >= t.pair and k.joined < t.pair || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedName" >= t.pair and s."joinedName" < t.pair || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedTitle" >= t.pair and s."joinedTitle" < t.pair || U&'\+10FFFF') as paired
    from typed t
  ), known as (
    select l.*, l.begun <> '{}' or l.family <> '{}' or l.paired or coalesce(lag(l.paired) over (order by l.ordinal), false)
        or exists (select from catalog_name k where kind = 'column' and k.joined >= l.word and k.joined < l.word || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedName" >= l.word and s."joinedName" < l.word || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedTitle" >= l.word and s."joinedTitle" < l.word || U&'\+10FFFF') as is_known
    from looked_up l
  )
  select k.word, k.stem, k.is_stop, k.is_known, case when k.paired then k.pair end, k.begun, k.family,
    case when length(k.word) between 5 and 40 and (all_near or not k.is_known) then (
      select coalesce(jsonb_agg(n), '[]') from (
        select distinct c.word, c.stem, similarity(c.word, k.word) as alike from catalog_word c
        where c.word % k.word and c.word <> k.word and length(c.word) between length(k.word) - 2 and length(k.word) + 2
        order by alike desc, c.word limit 30) n)
      else '[]' end,
    case when length(k.word) between 4 and 40 then array(
      select distinct c.word from catalog_word c where c.word like '%' || k.word || '%' and not starts_with(c.word, k.word) order by 1 limit 20)
      else '{}' end
  from known k order by k.ordinal;
end $$;

-- People by the beginnings of their names.
create index user_words_idx on "user" using gin (to_tsvector('simple', name || ' ' || email));

-- Words and names stand in no order that writers could wait for: who adds a word that another transaction is adding adds
-- it too, so the same may stand here twice.
alter table catalog_word drop constraint catalog_word_pkey;
create index catalog_word_idx on catalog_word (word);
alter table catalog_name drop constraint catalog_name_pkey;
create index catalog_name_idx on catalog_name (kind, name);
-- What has neither letters nor digits cannot be typed.
delete from catalog_name where joined = '';

create function catalog_has_word(word text) returns boolean language sql stable as $$
  select exists (select from product_search where "isFront" and document @@ quote_literal(word)::tsquery)
    or exists (select from product_search where not "isFront" and document @@ quote_literal(word)::tsquery)
$$;

-- A column's name stays while a product has a column that reads the same written together.
create function catalog_has_name(kind text, name text, joined text) returns boolean language sql stable as $$
  select case kind when 'column' then
    exists (select from product_search where "isFront" and fields @@ (joined || ':C')::tsquery)
    or exists (select from product_search where not "isFront" and fields @@ (joined || ':C')::tsquery)
  else
    exists (select from product_search where "isFront" and tags @> array[name]
      and labels @@ (replace(catalog_words(name), ' ', ':B & ') || ':B')::tsquery)
    or exists (select from product_search where not "isFront" and tags @> array[name]
      and labels @@ (replace(catalog_words(name), ' ', ':B & ') || ':B')::tsquery)
  end
$$;

-- Takes away what no product has any more. What another transaction is adding a use of is locked by it and stays; what is
-- looked at here and has got a use since is seen by the second look.
create function catalog_forget(words text[], tags text[]) returns void language plpgsql
set enable_seqscan = off set enable_indexscan = off as $$
declare unused tid[];
begin
  unused := array(select k.ctid from catalog_word k where k.word = any(words) and not catalog_has_word(k.word)
    for update skip locked);
  delete from catalog_word k where k.ctid = any(unused) and not catalog_has_word(k.word);
  unused := array(select k.ctid from catalog_name k
    where (k.kind = 'column' and k.joined = any(words) or k.kind = 'tag' and k.name = any(tags))
      and not catalog_has_name(k.kind, k.name, k.joined) for update skip locked);
  delete from catalog_name k where k.ctid = any(unused) and not catalog_has_name(k.kind, k.name, k.joined);
end $$;

-- Two transactions that each take away one of a word's last two uses both see the other's. A part of all words, chosen by
-- lot, is looked at again now and then.
create function catalog_forget_some() returns void language sql as $$
  with part as materialized (select floor(random() * 64)::int as number)
  select catalog_forget(
    array(select word from catalog_word where hashtext(word) & 63 = (select number from part)
      union select joined from catalog_name where kind = 'column' and hashtext(joined) & 63 = (select number from part)),
    array(select name from catalog_name where kind = 'tag' and hashtext(name) & 63 = (select number from part)))
$$;

-- Adds what is not there. A word that is there is held, so that nobody takes it away until this use of it can be seen.
create function catalog_learn(words text[], names jsonb) returns void language plpgsql as $$
declare held text[];
begin
  held := array(select k.word from catalog_word k where k.word = any(words) for key share skip locked);
  insert into catalog_word (word) select distinct w from unnest(words) w where w <> all(held);
  held := array(select k.kind || k.name from catalog_name k
    join jsonb_to_recordset(names) n(kind text, name text) on n.kind = k.kind and n.name = k.name for key share of k skip locked);
  insert into catalog_name (kind, name, joined)
    select distinct n.kind, n.name, catalog_joined(n.name) from jsonb_to_recordset(names) n(kind text, name text)
    where n.kind || n.name <> all(held) and catalog_joined(n.name) <> '';
end $$;

-- Lengths are cut because a tsvector holds at most a megabyte.
create or replace function catalog_refresh(ids text[]) returns void language plpgsql as $$
declare
  words_before text[];
  tags_before text[];
  words_now text[];
  names_now jsonb;
begin
  words_before := array(select distinct w from product_search s, unnest(tsvector_to_array(s.document)) w where s."productId" = any(ids));
  tags_before := array(select distinct t from product_search s, unnest(s.tags) t where s."productId" = any(ids));
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
  ), written as (
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
  ), name as (
    select distinct 'column' as kind, c #>> '{}' as name
    from product p, jsonb_path_query(p.descriptor, '$.spec.schema[*].**.name ? (@.type() == "string")') c where p.id = any(ids)
    union select 'tag', t from product p, unnest(p.tags) t where p.id = any(ids)
  )
  select array(select distinct w from body, unnest(tsvector_to_array(to_tsvector('simple', words))) w
      where length(w) between 2 and 40 and w !~ '^[0-9]+$'),
    (select coalesce(jsonb_agg(n), '[]') from name n)
    into words_now, names_now;
  perform catalog_learn(words_now, names_now);
  if words_before <> '{}' then
    perform catalog_forget(
      array(select unnest(words_before) except select unnest(tsvector_to_array(s.document)) from product_search s where s."productId" = any(ids)),
      array(select unnest(tags_before) except select unnest(s.tags) from product_search s where s."productId" = any(ids)));
  end if;
end $$;

create function catalog_product_gone() returns trigger language plpgsql as $$
begin
  perform catalog_forget(tsvector_to_array(old.document), old.tags);
  return null;
end $$;
create trigger product_search_gone after delete on product_search
  for each row execute function catalog_product_gone();
