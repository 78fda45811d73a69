import type { Prisma } from '@/lib/core';
import { numberedAfter } from './search-sql';

/** Which products a list holds, for the person $1; a draft is its owner's alone. */
const SCOPES = {
  mine: `p."ownerId" = $1`,
  domains: `(p.status <> 'draft' or p."ownerId" = $1) and exists (
    select 1 from membership m where m."domainId" = p."domainId" and m."userId" = $1)`,
};
export type ProductListScope = keyof typeof SCOPES;

/** The newest of a product's runs; a load that belongs to a provisioning run is that run's. */
const LAST_RUN = `select r.id, r.kind, r.status, coalesce(r."finishedAt", r."startedAt", r."createdAt") as at,
    r."createdAt" as began from provisioning_run r where r."productId" = p.id
  union all
  select l.id, 'load', l.status, coalesce(l."finishedAt", l."startedAt", l."createdAt"), l."createdAt"
    from pipeline_run l where l."productId" = p.id and l.trigger <> 'provision'
  order by began desc limit 1`;

/** One statement: a page of products with what their rows show, and how many each tab holds. */
export function productListStatement(scope: ProductListScope, visible: Prisma.Sql): string {
  const isSeen = numberedAfter(3, visible);
  const count = (name: ProductListScope) =>
    `(select count(*)::int from product p where ${SCOPES[name]} and ${isSeen})`;
  return `
with shown as materialized (
  select p.*, row_number() over (order by p.status = 'retired', lower(p.title), p.id) as place
  from product p where ${SCOPES[scope]} and ${isSeen} order by place limit $2 offset $3
)
select ${count('mine')} as mine, ${count('domains')} as domains,
  (select count(*)::int from product_draft f where f."authorId" = $1 and f."submittedAt" is null)
    as drafts,
  (select coalesce(jsonb_agg(to_jsonb(o) - 'place' order by o.place), '[]') from (
    select p.place, p.id, p.name, p.title, p.status, p.classification, d.name as domain,
      d.title as "domainTitle", u.name as "ownerName", e.environment, e.status as "environmentStatus",
      f.id as "draftId", s."createdAt" as "refreshedAt", s."rowCount"::float8 as "rowCount",
      (select avg(v.value::text::float8) from jsonb_each(q.scores) v
        where jsonb_typeof(v.value) = 'number') as "qualityScore",
      case when r.id is not null then
        jsonb_build_object('id', r.id, 'kind', r.kind, 'status', r.status, 'at', r.at) end as run
    from shown p
    join domain d on d.id = p."domainId"
    join "user" u on u.id = p."ownerId"
    left join product_draft f on f."productId" = p.id and f."authorId" = $1 and f."submittedAt" is null
    left join product_environment e on e."productId" = p.id and e.environment = 'production'
    left join snapshot s on s.id = e."snapshotId"
    left join lateral (select scores from quality_run t
      where t."productId" = p.id and t.environment = 'production' and t."finishedAt" is not null
      order by t."startedAt" desc limit 1) q on true
    left join lateral (${LAST_RUN}) r on true) o) as products`;
}
