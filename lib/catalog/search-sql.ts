import type { Prisma } from '@/lib/core';
import type { CatalogQuery, CatalogSort } from './search-input';

const ORDER: Record<CatalogSort, string> = {
  relevance: 'rank desc, title, id',
  name: 'lower(title), id',
  newest: '"createdAt" desc, id desc',
};

/** A product may be listed when its status was asked for, or when none was and it is not retired. */
const STATUS_FITS = `case when cardinality($4::text[]) > 0 then p.status = any($4) else p.status <> 'retired' end`;

const CANDIDATES = {
  matching: `select m."productId" as id, max(m.rank) as rank from catalog_match($1) m group by 1`,
  all: `select id, 0::real as rank from product where $1 = ''`,
};

/**
 * One statement: candidates, the page and the four facets. A facet's counts honour the other facets'
 * choices but not its own, so that they say what choosing another value would give.
 */
export function searchStatement(
  query: CatalogQuery,
  visible: Prisma.Sql,
): { text: string; values: unknown[] } {
  const sort = query.sort ?? (query.q ? 'relevance' : 'name');
  const facet = (name: string, value: string, label: string, own: string) => `
    (select coalesce(jsonb_agg(f), '[]') from (
      select ${value} as value, ${label} as label, count(*)::int as count
      from matched${name === 'tag' ? ', unnest(tags) as tag' : ''}
      where ${['domain', 'classification', 'status', 'tag']
        .filter((other) => other !== own)
        .map((other) => `fits_${other}`)
        .join(' and ')}
      group by 1, 2 order by 3 desc, 1 limit 40) f)`;
  const text = `
with candidate as materialized (${query.q ? CANDIDATES.matching : CANDIDATES.all}),
matched as materialized (
  select p.id, p.title, p.tags, p.status, p.classification, p."createdAt", c.rank,
    d.name as domain, d.title as "domainTitle",
    cardinality($2::text[]) = 0 or d.name = any($2) as fits_domain,
    cardinality($3::text[]) = 0 or p.classification = any($3) as fits_classification,
    ${STATUS_FITS} as fits_status,
    cardinality($5::text[]) = 0 or p.tags && $5 as fits_tag
  from candidate c
  join product p on p.id = c.id
  join domain d on d.id = p."domainId"
  join "user" u on u.id = p."ownerId"
  where p.status <> 'draft' and (cardinality($6::text[]) = 0 or u.email = any($6)) and ${numberedAfter(8, visible)}
),
chosen as materialized (
  select * from matched where fits_domain and fits_classification and fits_status and fits_tag
),
shown as (select id, row_number() over (order by ${ORDER[sort]}) as place from chosen
  order by place limit $7 + 1 offset $8)
select
  (select count(*)::int from (select 1 from chosen limit ${1001}) n) as total,
  (select coalesce(jsonb_agg(id order by place), '[]') from shown) as ids,
  ${facet('domain', 'domain', '"domainTitle"', 'domain')} as domain,
  ${facet('classification', 'classification', 'classification', 'classification')} as classification,
  ${facet('status', 'status', 'status', 'status')} as status,
  ${facet('tag', 'tag', 'tag', 'tag')} as tag`;
  const { q, domain, classification, status, tag, owner, limit, after } = query;
  const own = [q, domain, classification, status, tag, owner, limit, after];
  return { text, values: [...own, ...visible.values] };
}

/** A condition's text for a statement that has parameters of its own before it. */
export const numberedAfter = (count: number, { text }: Prisma.Sql): string =>
  text.replace(/\$(\d+)/g, (_, ordinal) => `$${Number(ordinal) + count}`);

/** What cards show, for at most a page of products. */
export const ENTRIES_SQL = `
select p.id, p.name, p.title, p.description, p.classification, p.status, p.version, p.tags,
  d.name as domain, d.title as "domainTitle", u.name as "ownerName", u.email as "ownerEmail",
  p."createdAt", s."createdAt" as "snapshotAt", s."rowCount"::float8 as "rowCount",
  case when jsonb_typeof(p.descriptor #> '{spec,schema}') = 'array'
    then jsonb_array_length(p.descriptor #> '{spec,schema}') else 0 end as "columnCount",
  (select avg(v.value::text::float8) from jsonb_each(q.scores) v
    where jsonb_typeof(v.value) = 'number') as "qualityScore"
from product p
join domain d on d.id = p."domainId"
join "user" u on u.id = p."ownerId"
left join product_environment e on e."productId" = p.id and e.environment = 'production'
left join snapshot s on s.id = e."snapshotId"
left join lateral (
  select scores from quality_run r where r."productId" = p.id and r.environment = 'production' and r."finishedAt" is not null
  order by r."startedAt" desc limit 1
) q on true
where p.id = any($1)
order by array_position($1, p.id)`;

export const suggestSql = (visible: Prisma.Sql) => `
select d.name as domain, p.name, p.title, p.classification
from (select m."productId" as id, max(m.rank) as rank from catalog_match($1) m group by 1) m
join product p on p.id = m.id and p.status not in ('draft', 'retired') and ${numberedAfter(2, visible)}
join domain d on d.id = p."domainId"
order by m.rank desc, p.title limit $2`;
