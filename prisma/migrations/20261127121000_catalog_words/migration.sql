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
