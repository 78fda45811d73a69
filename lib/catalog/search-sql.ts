import type { Prisma } from '@/lib/core';
import { type Meaning, type Reach, tsqueriesOf, tsqueryOf, type Weights } from './meaning';
import {
  CATALOG_COUNT_CAP,
  type CatalogQuery,
  type CatalogSort,
  FACETS,
  type FacetName,
  QUALITY_BANDS,
} from './search-input';

const ORDER: Record<CatalogSort, string> = {
  relevance: 's.score desc, s.standing desc, s.title, s."productId"',
  name: 's.title, s."productId"',
  newest: 's."createdAt" desc, s."productId"',
  popular: 's.readers desc, s.title, s."productId"',
  rating: 's.rating desc nulls last, s.title, s."productId"',
  quality: 's.quality desc nulls last, s.title, s."productId"',
};
/** So many that match by name, tag, domain or owner are ranked, the most used first. */
const LABELLED = 300;
/** With fewer matches than this, products that have some of the words are shown after them. */
const FEW = 10;
/** The highest score of those. */
export const SOME_WORDS = 200;
/** So many names and titles that begin with the question are ranked. */
const NAMED = 100;
const LAST = `U&'\\+10FFFF'`;

const BAND = `case when s.quality is null then 'unmeasured' when s.quality >= ${QUALITY_BANDS.high} then 'high'
  when s.quality >= ${QUALITY_BANDS.fair} then 'fair' else 'low' end`;

/** A certification ends by the clock. */
const CERTIFIED = `coalesce(s."certifiedUntil" > now(), false)`;
/** In words that the index of certified products understands. */
const CERTIFIED_FITS: Record<string, string> = {
  yes: 's."certifiedUntil" > now()',
  no: `not ${CERTIFIED}`,
};

/** A product's value of a facet, or its values, and what the values are shown by. */
const VALUES: Record<
  FacetName,
  { of: string; isList?: true; label: 'value' | 'domain' | 'owner' }
> = {
  domain: { of: 's."domainId"', label: 'domain' },
  classification: { of: 's.classification', label: 'value' },
  status: { of: 's.status', label: 'value' },
  certified: { of: `case when ${CERTIFIED} then 'yes' else 'no' end`, label: 'value' },
  quality: { of: BAND, label: 'value' },
  port: { of: 's.ports', isList: true, label: 'value' },
  tag: { of: 's.tags', isList: true, label: 'value' },
  owner: { of: 's."ownerId"', label: 'owner' },
};
const LABELLED_BY = {
  domain:
    'select d.name as value, d.title as label, n.count from n join domain d on d.id = n.value',
  owner: 'select u.email as value, u.name as label, n.count from n join "user" u on u.id = n.value',
  value: 'select n.value, n.value as label, n.count from n',
};

type Param = (value: unknown) => string;

export interface Statement {
  text: string;
  values: unknown[];
}

/**
 * One statement: candidates, the page and the facets. A facet's counts honour the other facets' choices but not
 * its own, so that they say what choosing another value would give. Common words have more matches than are looked at:
 * each way of finding gives its best, and once more its best among the chosen facets.
 */
export function searchStatement(
  query: CatalogQuery,
  meaning: Meaning | null,
  visible: Prisma.Sql,
  listedAfter?: Date,
): Statement {
  const values: unknown[] = [...visible.values];
  const param = (value: unknown) => {
    values.push(value);
    return `$${values.length}`;
  };
  const fits = fitting(query, param);
  const isNarrowed = FACETS.some((facet) => query[facet].length > 0);
  const chosen = isNarrowed ? [FACETS.map((facet) => fits[facet]).join(' and ')] : [];
  const cap = Math.max(CATALOG_COUNT_CAP + 1, query.after + query.limit + 1);
  const from = `product_search s ${visible.text === 'true' ? '' : `join product p on p.id = s."productId" and ${visible.text}`}`;
  const shown =
    query.status.length > 0 ? `s.status <> 'draft'` : `s.status not in ('draft', 'retired')`;
  const where = listedAfter ? `${shown} and s."listedAt" > ${param(listedAfter)}` : shown;
  const sort = query.sort ?? (meaning ? 'relevance' : 'popular');
  const scopes = ['true', ...chosen].map((scope) => `from ${from} where ${where} and ${scope}`);
  const ways = meaning
    ? found(meaning, scopes, cap, param)
    : `candidate as materialized (${scopes
        .map((scope) => `(select s."productId" ${scope} order by ${ORDER[sort]} limit ${cap})`)
        .join(' union ')})`;
  const text = `
with ${ways},
matched as materialized (
  select s."productId", s.title, s."createdAt", s.readers, s.rating, s.quality, ${meaning ? scored(meaning, param) : '0'} as score,
    s.boost + coalesce(0.1 * exp(-greatest(extract(epoch from now() - s."refreshedAt")::float8, 0) / 2592000), 0)
      + case when ${CERTIFIED} then 0.05 else 0 end as standing,
    ${FACETS.map((facet) => `${VALUES[facet].of} as of_${facet}, ${fits[facet]} as fits_${facet}`).join(',\n    ')}
  from candidate c join product_search s on s."productId" = c."productId"
),
chosen as materialized (select * from matched where ${FACETS.map((facet) => `fits_${facet}`).join(' and ')}),
shown as (select "productId", score, row_number() over (order by ${ORDER[sort]}) as place
  from chosen s order by place limit ${param(query.limit + 1)} offset ${param(query.after)})
select (select count(*)::int from chosen) as total,
  (select coalesce(jsonb_agg(jsonb_build_object('id', "productId", 'score', score) order by place), '[]') from shown) as hits,
  ${FACETS.map((facet) => `${counted(facet)} as ${facet}`).join(',\n  ')}`;
  return { text, values };
}

/** Whether a row fits the choices in each facet. */
function fitting(query: CatalogQuery, param: Param): Record<FacetName, string> {
  const any = (facet: FacetName, sql: (list: string) => string) =>
    query[facet].length > 0 ? sql(param(query[facet])) : 'true';
  return {
    domain: any(
      'domain',
      (list) => `s."domainId" = any(array(select id from domain where name = any(${list})))`,
    ),
    classification: any('classification', (list) => `s.classification = any(${list})`),
    status: any('status', (list) => `s.status = any(${list})`),
    certified: CERTIFIED_FITS[query.certified.join()] ?? 'true',
    quality: any('quality', (list) => `(${BAND}) = any(${list})`),
    port: any('port', (list) => `s.ports && ${list}::text[]`),
    tag: any('tag', (list) => `s.tags && ${list}::text[]`),
    owner: any(
      'owner',
      (list) => `s."ownerId" = any(array(select id from "user" where email = any(${list})))`,
    ),
  };
}

/**
 * The ways of finding, best first: 4 the beginning of a name or title, 3 labels, 2 columns, 1 all of the text, and 0
 * some of the words alone. What a product is found by is what it is ranked by.
 */
function found(meaning: Meaning, scopes: string[], cap: number, param: Param): string {
  const joined = param(meaning.joined);
  const reach = hasUnknown(meaning) ? 'within' : 'begins';
  const labels = param(tsqueryOf(meaning, 'begins'));
  const inside = param(tsqueryOf(meaning, 'within'));
  const document = param(tsqueryOf(meaning, reach));
  const begins = (column: string) =>
    `s."${column}" >= ${joined} and s."${column}" < ${joined} || ${LAST} order by s."${column}" limit ${NAMED}`;
  const best = (query: string) =>
    `s.labels @@ ${query}::tsquery order by s.boost desc limit ${LABELLED}`;
  const each = (place: number, way: string) =>
    scopes.map((scope) => `(select s."productId", ${place} as place ${scope} and ${way})`);
  // Where the columns alone give more than are counted, neither insides of words nor prose are looked for.
  const ifFew = (place: number, way: string) =>
    scopes.map(
      (scope, at) => `(select s."productId", ${place} as place ${scope}
      and (select count(*) from fielded where scope = ${at}) < ${cap} and ${way})`,
    );
  const ways = [
    ...each(4, begins('joinedName')),
    ...each(4, begins('joinedTitle')),
    ...each(3, best(labels)),
    'select "productId", 2 as place from fielded',
    ...ifFew(3, best(inside)),
    ...ifFew(1, `s.document @@ ${document}::tsquery limit ${cap}`),
  ];
  const some =
    meaning.words.length > 1
      ? `union all select "productId", 0 from (
      select s."productId" ${scopes.at(-1)} and (select count(*) from whole) < ${FEW}
      and s.document @@ ${param(tsqueryOf(meaning, 'begins', '', true))}::tsquery order by s.boost desc limit 100) partly
      where "productId" not in (select "productId" from whole)`
      : '';
  const fielded = scopes.map(
    (scope, at) =>
      `(select s."productId", ${at} as scope ${scope} and s.fields @@ ${document}::tsquery limit ${cap})`,
  );
  return `fielded as materialized (${fielded.join(' union all ')}),
whole as materialized (select "productId", max(place) as place from (${ways.join('\n  union all ')}) way group by 1),
candidate as materialized (select "productId", place from whole ${some})`;
}

/** What no word begins with may be inside of words, in all texts. */
const hasUnknown = ({ words }: Meaning) => words.some(({ isKnown }) => !isKnown);

/** How well a product matches, in steps of ten: equal steps are ordered by use, quality, freshness and status. */
function scored(meaning: Meaning, param: Param): string {
  const joined = param(meaning.joined);
  const count = meaning.words.length;
  const query = (reach: Reach, weights: Weights = '') =>
    `s.labels @@ ${param(tsqueryOf(meaning, reach, weights))}::tsquery`;
  const share = `10 * round(9.0 * least(${count}.0 / least(s."nameTerms", s."titleTerms"), 1))`;
  const prefix = (column: string) =>
    `case when starts_with(s."${column}", ${joined}) then length(${joined})::numeric / length(s."${column}") else 0 end`;
  const length = `greatest(${prefix('joinedName')}, ${prefix('joinedTitle')})`;
  const inName = query('exact', 'A');
  return `(case
      when c.place = 2 then ${hasUnknown(meaning) ? 340 : 440}
      when c.place = 1 then 250
      when c.place = 0 then (select 10 * round(${SOME_WORDS / 10}.0 * count(*) filter (where s.document @@ w) / count(*))
        from unnest(${param(tsqueriesOf(meaning))}::tsquery[]) w)
      when s."joinedName" = ${joined} or s."joinedTitle" = ${joined} then 1000
      when ${inName} and ${count} in (s."nameTerms", s."titleTerms") then 900
      when c.place = 4 then 800 + 10 * round(9 * ${length})
      when ${inName} then 700 + ${share}
      when ${query('begins', 'A')} then 600 + ${share}
      when ${query('exact')} then 500
      when ${query('begins')} then 480
      when ${query('within', 'A')} then 400
      else 350
    end)::int`;
}

/** A facet's values with counts. */
function counted(facet: FacetName): string {
  const { of: _, isList, label } = VALUES[facet];
  const others = FACETS.filter((other) => other !== facet).map((other) => `fits_${other}`);
  const value = isList ? `unnest(of_${facet})` : `of_${facet}`;
  return `(with n as (select ${value} as value, count(*)::int as count from matched
      where ${others.join(' and ')} group by 1 order by 2 desc, 1 limit 40)
    select coalesce(jsonb_agg(f order by f.count desc, f.value), '[]') from (${LABELLED_BY[label]}) f)`;
}

/** A condition's text for a statement that has parameters of its own before it. */
export const numberedAfter = (count: number, { text }: Prisma.Sql): string =>
  text.replace(/\$(\d+)/g, (_, ordinal) => `$${Number(ordinal) + count}`);
