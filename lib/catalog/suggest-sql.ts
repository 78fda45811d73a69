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

/** How many of each kind are offered. */
const MOST = { products: 6, columns: 4, tags: 3, terms: 3, people: 3, domains: 3 };

/** One statement for every kind of suggestion, each of what the person may find. */
export function suggestStatement(typed: Typed, limit: number, visible: Prisma.Sql): Statement {
  const values: unknown[] = [...visible.values, typed.joined, typed.begins, typed.words];
  const [joined, begins, words] = [2, 1, 0].map((back) => `$${values.length - back}`) as [
    ...[string, string, string],
  ];
  const seen = `product_search s ${visible.text === 'true' ? '' : `join product p on p.id = s."productId" and ${visible.text}`}`;
  const isListed = `s.status not in ('draft', 'retired')`;
  const from = (column: string) =>
    `${column} >= ${joined} and ${column} < ${joined} || U&'\\+10FFFF'`;
  const has = (text: string) => `position(' ' || ${words} in ' ' || lower(${text})) > 0`;
  const rows = (of: string, select: string) =>
    `(select coalesce(jsonb_agg(r), '[]') from (${select}) r) as ${of}`;
  const products = `
    select d.name as domain, p.name, p.title, p.classification
    from (select s."productId", s.boost, case when ${joined} in (s."joinedName", s."joinedTitle") then 3
        when starts_with(s."joinedName", ${joined}) or starts_with(s."joinedTitle", ${joined}) then 2 else 1 end as place
      from product_search s where s."productId" in (
        (select s."productId" from ${seen} where ${isListed} and ${from('s."joinedName"')} limit 50)
        union (select s."productId" from ${seen} where ${isListed} and ${from('s."joinedTitle"')} limit 50)
        union (select s."productId" from ${seen} where ${isListed} and s.labels @@ ${begins}::tsquery
          order by s.boost desc limit 30))
      order by place desc, s.boost desc, s.title limit ${Math.min(limit, 20)}) s
    join product p on p.id = s."productId" join domain d on d.id = p."domainId"
    order by s.place desc, s.boost desc, p.title`;
  const named = (kind: string, condition: string, most: number) => `
    select n.name from (select name, joined from catalog_name where kind = '${kind}' and ${from('joined')}
      order by length(name), name limit 30) n
    where exists (select from ${seen} where ${isListed} and ${condition}) limit ${most}`;
  const text = `select
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
    `select u.name, u.email from "user" u where (${has('u.name')} or starts_with(lower(u.email), ${words}))
    and exists (select from ${seen} where ${isListed} and s."ownerId" = u.id) order by u.name, u.email limit ${MOST.people}`,
  )},
  ${rows(
    'domains',
    `select d.name, d.title from domain d where (${has('d.title')} or ${has('d.name')}) and d."archivedAt" is null
    order by d.title limit ${MOST.domains}`,
  )}`;
  return { text, values };
}
