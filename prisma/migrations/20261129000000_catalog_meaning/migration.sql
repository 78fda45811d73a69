-- A document that has a word has its stem too, and one that has a compound has the compound's parts: what is found by
-- those is not asked for once more. Asking for beginnings costs as much as all that begins so.
create or replace function catalog_understand(query text, all_near boolean)
returns table (word text, stem text, "isStop" boolean, "isKnown" boolean, pair text, begun text[], family text[], near jsonb, within text[])
language plpgsql stable set pg_trgm.similarity_threshold = 0.25 set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query with typed as materialized (
    select w.ordinal, w.word collate "C" as word, catalog_stem(w.word) as stem, to_tsvector('english', w.word) = '' as is_stop,
      (w.word || lead(w.word) over (order by w.ordinal)) collate "C" as pair
    from unnest(string_to_array(catalog_words(query), ' ')) with ordinality w(word, ordinal)
    where w.word <> '' and w.ordinal <= 10
  ), looked_up as materialized (
    select t.*,
      array(select distinct k.word from catalog_word k where k.word >= t.word and k.word < t.word || U&'\+10FFFF'
        and k.stem <> t.stem order by 1 limit 21) as begun,
      array(select distinct k.word from catalog_word k where k.stem = t.stem order by 1 limit 30) as family,
      exists (select from catalog_word k where k.word >= t.pair and k.word < t.pair || U&'\+10FFFF') as is_pair_word
    from typed t
  ), paired as materialized (
    select l.*, l.is_pair_word
        or exists (select from catalog_name k where kind = 'column' and k.joined >= l.pair and k.joined < l.pair || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedName" >= l.pair and s."joinedName" < l.pair || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedTitle" >= l.pair and s."joinedTitle" < l.pair || U&'\+10FFFF') as is_paired
    from looked_up l
  ), known as (
    select l.*, l.begun <> '{}' or l.family <> '{}' or l.is_paired or coalesce(lag(l.is_paired) over (order by l.ordinal), false)
        or exists (select from catalog_name k where kind = 'column' and k.joined >= l.word and k.joined < l.word || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedName" >= l.word and s."joinedName" < l.word || U&'\+10FFFF')
        or exists (select from product_search s where s."joinedTitle" >= l.word and s."joinedTitle" < l.word || U&'\+10FFFF') as is_known
    from paired l
  )
  select k.word, k.stem, k.is_stop, k.is_known, case when k.is_pair_word then k.pair end, k.begun, k.family,
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
