import type { Prisma } from '@/lib/core';
import type { Statement } from './search-sql';

export interface Typed {
  /** What was typed, as words: `customer id`. */
  words: string;
  /** The same written together. */
  joined: string;
  /** A tsquery's text: documents that have a word beginning with each. */
  begins: string;
}

/** So many products are ranked that have a word which begins so, and so many whose name or title does. */
const LABELLED = 30;
const NAMED = 50;
/** So many names of columns, tags and people are looked at. */
const NAMES = 500;
/** How many of each kind are offered. */
const MOST = { products: 6, columns: 4, tags: 3, terms: 3, people: 3, domains: 3 };

/** One statement for every kind of suggestion, each of what the person may find. */
export function suggestStatement(typed: Typed, limit: number, visible: Prisma.Sql): Statement {
  const values: unknown[] = [...visible.values, typed.joined, typed.begins, typed.words];
  const [joined, begins, words] = [2, 1, 0].map((back) => `$${values.length - back}`) as [
    ...[string, string, string],
  ];
  const join =
    visible.text === 'true' ? '' : `join product p on p.id = s."productId" and ${visible.text}`;
  const found = `from product_search s ${join} where s.status not in ('draft', 'retired')`;
  // Those in front are looked through first: most often that is enough.
  const isFound = (condition: string) =>
    `(exists (select ${found} and s."isFront" and ${condition}) or exists (select ${found} and not s."isFront" and ${condition}))`;
  const from = (column: string) =>
    `${column} >= ${joined} and ${column} < ${joined} || U&'\\+10FFFF'`;
  const has = (text: string) => `position(' ' || ${words} in ' ' || lower(${text})) > 0`;
  const rows = (of: string, select: string) =>
    `(select coalesce(jsonb_agg(r), '[]') from (${select}) r) as ${of}`;
  const begun = (vector: string) => `s.${vector} @@ ${begins}::tsquery`;
  const best = (vector: string, more: string) => `as materialized (select s.ctid as spot ${found}
    ${more} and s."isFront" and ${begun(vector)} order by s.boost desc limit ${LABELLED})`;
  const few = (before: string) => `and (select count(*) from ${before}) < ${LABELLED}`;
  const products = `
    select d.name as domain, p.name, p.title, p.classification
    from (select s."productId", s.boost, case when ${joined} in (s."joinedName", s."joinedTitle") then 3
        when starts_with(s."joinedName", ${joined}) or starts_with(s."joinedTitle", ${joined}) then 2 else 1 end as place
      from (select spot from begun union select spot from named union select spot from labelled
        union (select s.ctid ${found} ${few('labelled')} ${few('named')} and not s."isFront" and ${begun('labels')}
          limit ${LABELLED})) c
      join product_search s on s.ctid = c.spot
      order by place desc, s.boost desc, s.title limit ${Math.min(limit, 20)}) s
    join product p on p.id = s."productId" join domain d on d.id = p."domainId"
    order by s.place desc, s.boost desc, p.title`;
  const named = (kind: string, condition: string, most: number) => `
    select n.name from (select distinct name, joined, length(name) from (
        select name, joined from catalog_name where kind = '${kind}' and ${from('joined')} order by joined limit ${NAMES}) one
      order by length(name), name limit 30) n
    where ${isFound(condition)} limit ${most}`;
  const beginnings = ['s."joinedName"', 's."joinedTitle"'].map(
    (column) =>
      `(select s.ctid as spot ${found} and ${from(column)} order by ${column} limit ${NAMED})`,
  );
  const text = `with begun as materialized (${beginnings.join(' union all ')}),
  named ${best('names', '')},
  labelled ${best('labels', few('named'))}
  select
  ${rows('products', products)},
  ${rows('columns', named('column', `s.fields @@ (n.joined || ':C')::tsquery`, MOST.columns))},
  ${rows('tags', named('tag', `s.labels @@ (replace(catalog_words(n.name), ' ', ':B & ') || ':B')::tsquery and s.tags @> array[n.name::text]`, MOST.tags))},
  ${rows(
    'terms',
    `select t.slug, t.name from glossary_term t where t."deletedAt" is null
    and (${has('t.name')} or ${has(`array_to_string(t.synonyms, ' ')`)}) order by t.slug limit ${MOST.terms}`,
  )},
  ${rows(
    'people',
    `select u.name, u.email from (select id, name, email from "user"
      where to_tsvector('simple', name || ' ' || email) @@ ${begins}::tsquery limit ${NAMES}) u
    where exists (select ${found} and s."ownerId" = u.id) order by u.name, u.email limit ${MOST.people}`,
  )},
  ${rows(
    'domains',
    `select d.name, d.title from domain d where (${has('d.title')} or ${has('d.name')}) and d."archivedAt" is null
    order by d.title limit ${MOST.domains}`,
  )}`;
  return { text, values };
}
