import type { Prisma } from '@/lib/core';
import { type Meaning, type Reach, tsqueriesOf, tsqueryOf } from './meaning';
import {
  CATALOG_COUNT_CAP,
  type CatalogQuery,
  type CatalogSort,
  FACETS,
  type FacetName,
  QUALITY_BANDS,
} from './search-input';
import { PLACES, waysOf } from './search-ways';

const ORDER: Record<CatalogSort, string> = {
  relevance: 's.score desc, s.standing desc, s.title, s."productId"',
  name: 's.title, s."productId"',
  newest: 's."createdAt" desc, s."productId"',
  popular: 's.readers desc, s.title, s."productId"',
  rating: 's.rating desc nulls last, s.title, s."productId"',
  quality: 's.quality desc nulls last, s.title, s."productId"',
};
/** The highest score of products that have some of the words alone. */
export const SOME_WORDS = 200;

const BAND = `case when s.quality is null then 'unmeasured' when s.quality >= ${QUALITY_BANDS.high} then 'high'
  when s.quality >= ${QUALITY_BANDS.fair} then 'fair' else 'low' end`;

/** A certification ends by the clock. */
const CERTIFIED = `coalesce(s."certifiedUntil" > now(), false)`;
/** In words that the index of certified products understands. */
const CERTIFIED_FITS: Record<string, string> = {
  yes: 's."certifiedUntil" > now()',
  no: `not ${CERTIFIED}`,
};

/** What an order needs to know of each match besides the score. */
const ORDERED_BY: Record<CatalogSort, string> = {
  relevance: `s.boost + coalesce(0.1 * exp(-greatest(date_part('epoch', now() - s."refreshedAt"), 0) / 2592000), 0)
      + case when ${CERTIFIED} then 0.05 else 0 end as standing`,
  name: 'null as nothing',
  newest: 's."createdAt"',
  popular: 's.readers',
  rating: 's.rating',
  quality: 's.quality',
};

interface Facet {
  /** A product's value, or its list of values. */
  of: string;
  isList?: true;
  /** Whether it has many values. */
  isWide?: true;
  /** Whether a product fits the chosen values. */
  fits: (values: readonly string[], param: Param) => string;
  /** What the values are shown by. */
  label: 'value' | 'domain' | 'owner';
}

const of = (column: string): Facet => ({
  of: column,
  fits: (values, param) => `${column} = any(${param(values)})`,
  label: 'value',
});
const listOf = (column: string): Facet => ({
  ...{ of: column, isList: true, label: 'value' },
  fits: (values, param) => `${column} && ${param(values)}::text[]`,
});

const VALUES: Record<FacetName, Facet> = {
  domain: {
    ...{ of: 's."domainId"', isWide: true, label: 'domain' },
    fits: (values, param) =>
      `s."domainId" = any(array(select id from domain where name = any(${param(values)})))`,
  },
  classification: of('s.classification'),
  status: of('s.status'),
  certified: {
    ...{ of: `case when ${CERTIFIED} then 'yes' else 'no' end`, label: 'value' },
    fits: (values) => CERTIFIED_FITS[values.join()] ?? 'true',
  },
  quality: of(`(${BAND})`),
  port: listOf('s.ports'),
  tag: { ...listOf('s.tags'), isWide: true },
  owner: {
    ...{ of: 's."ownerId"', isWide: true, label: 'owner' },
    fits: (values, param) =>
      `s."ownerId" = any(array(select id from "user" where email = any(${param(values)})))`,
  },
};
/** So many values of a facet are offered, those that most products have. */
const MOST_VALUES = 40;
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
  const chosen = FACETS.filter((facet) => query[facet].length > 0);
  const fits = chosen.map((facet) => VALUES[facet].fits(query[facet], param));
  const cap = Math.max(CATALOG_COUNT_CAP + 1, query.after + query.limit + 1);
  const from = `product_search s ${visible.text === 'true' ? '' : `join product p on p.id = s."productId" and ${visible.text}`}`;
  const shown =
    query.status.length > 0 ? `s.status <> 'draft'` : `s.status not in ('draft', 'retired')`;
  const where = listedAfter ? `${shown} and s."listedAt" > ${param(listedAfter)}` : shown;
  const sort = query.sort ?? (meaning ? 'relevance' : 'popular');
  const all = `from ${from} where ${where}`;
  const scopes = [all];
  if (chosen.length > 0) scopes.push([all, ...fits].join(' and '));
  const ways = meaning
    ? waysOf(meaning, { scopes, cap, param })
    : `candidate as materialized (${scopes
        .map((scope) => `(select s.ctid as spot ${scope} order by ${ORDER[sort]} limit ${cap})`)
        .join(' union ')})`;
  const text = `
with ${ways},
matched as materialized (
  select s."productId", s.title, ${ORDERED_BY[sort]}, ${meaning ? scored(meaning, param) : '0'} as score,
    ${[
      ...FACETS.map((facet) => `${VALUES[facet].of} as of_${facet}`),
      ...chosen.map((facet, at) => `${fits[at]} as fits_${facet}`),
    ].join(',\n    ')}
  from candidate c join product_search s on s.ctid = c.spot
),
tally as materialized (${tallied(chosen)})
select (select coalesce(sum(count), 0)::int from tally) as total, (select coalesce(sum(looked), 0)::int from tally) as looked,
  (select coalesce(jsonb_agg(jsonb_build_object('id', "productId", 'score', score) order by ${ORDER[sort]}), '[]') from
    (select * from matched s ${chosen.length > 0 ? `where ${chosen.map((facet) => `fits_${facet}`).join(' and ')}` : ''}
      order by ${ORDER[sort]} limit ${param(query.limit + 1)} offset ${param(query.after)}) s) as hits,
  ${FACETS.map((facet) => `${counted(facet, chosen)} as ${facet}`).join(',\n  ')}`;
  return { text, values };
}

/** How well a product matches, in steps of ten: equal steps are ordered by use, quality, freshness and status. */
function scored(meaning: Meaning, param: Param): string {
  const joined = param(meaning.joined);
  const count = meaning.words.length;
  const isUnknown = meaning.words.some(({ isKnown }) => !isKnown);
  const names = (reach: Reach) => `s.names @@ ${param(tsqueryOf(meaning, reach))}::tsquery`;
  const share = `10 * round(9 * least(${count}::float8 / least(s."nameTerms", s."titleTerms"), 1))`;
  const prefix = (column: string) =>
    `case when starts_with(s."${column}", ${joined}) then length(${joined})::float8 / length(s."${column}") else 0 end`;
  const length = `greatest(${prefix('joinedName')}, ${prefix('joinedTitle')})`;
  const exact = names('exact');
  return `(case
      when c.place = ${PLACES.fields} then ${isUnknown ? 340 : 440}
      when c.place = ${PLACES.prose} then 250
      when c.place = ${PLACES.someWords} then (select 10 * round(${SOME_WORDS / 10}.0 * count(*) filter (where s.document @@ w) / count(*))
        from unnest(${param(tsqueriesOf(meaning))}::tsquery[]) w)
      when s."joinedName" = ${joined} or s."joinedTitle" = ${joined} then 1000
      when ${exact} and ${count} in (s."nameTerms", s."titleTerms") then 900
      when c.place = ${PLACES.beginning} then 800 + 10 * round(9 * ${length})
      when ${exact} then 700 + ${share}
      when ${names('begins')} then 600 + ${share}
      when c.place = ${PLACES.labels} then 500
      when c.place = ${PLACES.begunLabels} then 480
      when ${names('within')} then 400
      else 350
    end)::int`;
}

const fitsAll = (facets: FacetName[]) => facets.map((facet) => `fits_${facet}`).join(' and ');

/**
 * How many products there are of each combination of values, of the facets that have few: one pass counts all of them.
 * Those that fit the choices in the other facets are counted: one figure for each chosen facet, and one for all the others.
 */
function tallied(chosen: FacetName[]): string {
  const count = (name: string, facets: FacetName[]) =>
    `count(*)${facets.length > 0 ? ` filter (where ${fitsAll(facets)})` : ''}::int as ${name}`;
  const counts = chosen.map((facet) =>
    count(
      `count_${facet}`,
      chosen.filter((other) => other !== facet),
    ),
  );
  const columns = FACETS.filter((facet) => !VALUES[facet].isWide).map((facet) => `of_${facet}`);
  return `select ${[...columns, count('looked', []), count('count', chosen), ...counts].join(', ')}
  from matched group by ${columns.join(', ')}`;
}

/** A facet's values with counts. */
function counted(facet: FacetName, chosen: FacetName[]): string {
  const { isList, isWide, label } = VALUES[facet];
  const others = chosen.filter((other) => other !== facet);
  const where = isWide && others.length > 0 ? ` where ${fitsAll(others)}` : '';
  const count = isWide ? 'count(*)' : `sum(${chosen.includes(facet) ? `count_${facet}` : 'count'})`;
  const value = isList ? 'value' : `of_${facet}`;
  const from = `${isWide ? 'matched' : 'tally'}${isList ? `, unnest(of_${facet}) value` : ''}`;
  return `(with n as (select ${value} as value, ${count}::int as count from ${from}${where} group by 1 having ${count} > 0
      order by 2 desc, 1 limit ${MOST_VALUES})
    select coalesce(jsonb_agg(f order by f.count desc, f.value), '[]') from (${LABELLED_BY[label]}) f)`;
}

/** A condition's text for a statement that has parameters of its own before it. */
export const numberedAfter = (count: number, { text }: Prisma.Sql): string =>
  text.replace(/\$(\d+)/g, (_, ordinal) => `$${Number(ordinal) + count}`);
