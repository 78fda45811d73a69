-- The catalogue's search index: one row a product, kept by triggers, so that no writer can forget it.
create extension if not exists pg_trgm;
create extension if not exists unaccent;

create table product_search (
  "productId" text primary key references product(id) on delete cascade,
  -- The exact name and title, lower case, for "exact and prefix first".
  name text not null,
  title text not null,
  -- Names, titles, tags and column names as plain words: what typing errors are compared with.
  words text not null,
  document tsvector not null
);
create index product_search_document_idx on product_search using gin (document);
create index product_search_words_idx on product_search using gin (words gin_trgm_ops);

-- customerId, customer_id and "Customer-ID" are all `customer id`.
create function catalog_words(raw text) returns text language sql stable as $$
  select trim(regexp_replace(lower(unaccent(
    regexp_replace(coalesce(raw, ''), '([[:lower:][:digit:]])([[:upper:]])', '\1 \2', 'g')
  )), '[^[:alnum:]]+', ' ', 'g'))
$$;

-- The same name written together: `customerid`.
create function catalog_joined(raw text) returns text language sql stable as $$
  select regexp_replace(lower(unaccent(coalesce(raw, ''))), '[^[:alnum:]]+', '', 'g')
$$;

create function catalog_vector(raw text, weight "char") returns tsvector language sql stable as $$
  select setweight(to_tsvector('simple', raw) || to_tsvector('english', raw), weight)
$$;

-- Lengths are cut because a tsvector holds at most a megabyte.
create function catalog_refresh(ids text[]) returns void language sql as $$
  insert into product_search ("productId", name, title, words, document)
  select p.id, lower(p.name), lower(p.title), f.names || ' ' || f.tags || ' ' || f.columns,
    catalog_vector(f.names, 'A') || catalog_vector(f.tags || ' ' || f.place, 'B')
      || catalog_vector(f.columns, 'C') || catalog_vector(f.prose, 'D')
  from product p
  join domain d on d.id = p."domainId"
  join "user" u on u.id = p."ownerId"
  cross join lateral (
    select
      catalog_words(p.name) || ' ' || catalog_joined(p.name) || ' ' || catalog_words(p.title) as names,
      catalog_words(array_to_string(p.tags, ' ')) as tags,
      catalog_words(d.name || ' ' || d.title || ' ' || u.name) || ' ' || lower(u.email) as place,
      left(coalesce((
        select string_agg(catalog_words(c #>> '{}') || ' ' || catalog_joined(c #>> '{}'), ' ')
        from jsonb_path_query(p.descriptor, '$.spec.schema[*].name') c
      ), ''), 60000) as columns,
      left(catalog_words(left(p.description, 20000) || ' ' || left(coalesce((
        select string_agg(c #>> '{}', ' ')
        from jsonb_path_query(p.descriptor, '$.spec.schema[*].description') c
      ), ''), 60000) || ' ' || left(p.documentation, 60000)), 140000) as prose
  ) f
  where p.id = any(ids)
  on conflict ("productId") do update set name = excluded.name, title = excluded.title,
    words = excluded.words, document = excluded.document
$$;

create function catalog_product_changed() returns trigger language plpgsql as $$
begin
  perform catalog_refresh(array[new.id]);
  return null;
end $$;

create function catalog_domain_changed() returns trigger language plpgsql as $$
begin
  perform catalog_refresh(array(select id from product where "domainId" = new.id));
  return null;
end $$;

create function catalog_owner_changed() returns trigger language plpgsql as $$
begin
  perform catalog_refresh(array(select id from product where "ownerId" = new.id));
  return null;
end $$;

create trigger product_search_insert after insert on product
  for each row execute function catalog_product_changed();
create trigger product_search_update
  after update of name, title, description, tags, descriptor, documentation, "ownerId", "domainId"
  on product for each row execute function catalog_product_changed();
create trigger domain_search_update after update of name, title on domain
  for each row when (old.name is distinct from new.name or old.title is distinct from new.title)
  execute function catalog_domain_changed();
create trigger user_search_update after update of name, email on "user"
  for each row when (old.name is distinct from new.name or old.email is distinct from new.email)
  execute function catalog_owner_changed();

-- What a query finds, best first: at most 1,000 candidates are ranked. Typing errors are looked for
-- only when the words as typed find little.
create function catalog_match(query text) returns table ("productId" text, rank real)
language plpgsql stable set pg_trgm.word_similarity_threshold = 0.42 as $$
declare
  v_words text := catalog_words(query);
  v_joined text := catalog_joined(query);
  v_raw text := lower(trim(query));
  wanted tsquery;
  found_rows int;
begin
  select string_agg(format('(%s | %s)', s, case when e::text = '' then s::text else e::text end), ' & ')::tsquery
    into wanted
    from (select to_tsquery('simple', w || ':*') s, to_tsquery('english', w || ':*') e
          from (select distinct unnest(string_to_array(v_words, ' ')) w) t
          where w <> '' limit 10) q
    where s::text <> '';
  if v_joined <> '' then
    wanted := coalesce(wanted || to_tsquery('simple', v_joined || ':*'), to_tsquery('simple', v_joined || ':*'));
  end if;
  if wanted is null then return; end if;
  return query
    with candidates as (
      select s."productId", s.name, s.title, s.document from product_search s
      where s.document @@ wanted limit 1000
    )
    select c."productId", (case
        when c.name = v_raw or c.title = v_raw then 100
        when starts_with(c.name, v_raw) or starts_with(c.title, v_raw) then 50
        when starts_with(catalog_joined(c.name), v_joined) then 40
        else 0 end + 10 * ts_rank('{0.1, 0.4, 0.7, 1.0}', c.document, wanted))::real
    from candidates c;
  get diagnostics found_rows = row_count;
  if found_rows < 10 and length(v_words) between 3 and 100 then
    return query
      select s."productId", word_similarity(v_words, s.words)::real from product_search s
      where v_words <% s.words and not (s.document @@ wanted)
      order by 2 desc limit 50;
  end if;
end $$;

select catalog_refresh(array(select id from product));
