-- The catalogue's search for a hundred thousand products and more. A common word has more matches than anybody looks at,
-- so the products that are used most stand in front: each way of finding looks there first, and at the others only where
-- the front gave too few. What is read of a row stays narrow; the large vectors are read by their indexes alone.
drop index product_search_fields_idx, product_search_document_idx, product_search_labels_idx;
alter table product_search alter column labels set storage external, alter column title set storage main,
  alter column tags set storage main, alter column ports set storage main;
alter table product_search set (toast_tuple_target = 512);
alter table product_search
  add column "isFront" boolean not null default true,
  -- The words of name and title.
  add column names tsvector storage main not null generated always as (strip(ts_filter(labels, '{a}'))) stored;
-- The 20,000 best stand in front, and what was made since; with fewer products, all do. @returns how many changed places
create function catalog_choose_front() returns bigint language sql as $$
  with best as materialized (
    select "productId" from product_search where status not in ('draft', 'retired') order by boost desc, "productId" limit 20000
  ), forward as (
    update product_search s set "isFront" = true from best b where s."productId" = b."productId" and not s."isFront" returning 1
  ), back as (
    update product_search s set "isFront" = false
    where s."isFront" and (select count(*) from best) = 20000 and s."productId" not in (select "productId" from best) returning 1
  ) select (select count(*) from forward) + (select count(*) from back)
$$;
select catalog_choose_front();

-- After the places are chosen, so that each row is indexed once.
create index product_search_front_names_idx on product_search using gin (names) with (fastupdate = off) where "isFront";
create index product_search_front_labels_idx on product_search using gin (labels) with (fastupdate = off) where "isFront";
create index product_search_front_fields_idx on product_search using gin (fields) with (fastupdate = off) where "isFront";
create index product_search_front_document_idx on product_search using gin (document) with (fastupdate = off) where "isFront";
create index product_search_names_idx on product_search using gin (names) with (fastupdate = off) where not "isFront";
create index product_search_labels_idx on product_search using gin (labels) with (fastupdate = off) where not "isFront";
create index product_search_fields_idx on product_search using gin (fields) with (fastupdate = off) where not "isFront";
create index product_search_document_idx on product_search using gin (document) with (fastupdate = off) where not "isFront";
create index product_search_front_idx on product_search ("productId") where "isFront";
