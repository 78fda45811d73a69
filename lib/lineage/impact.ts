import { z } from 'zod';
import { type Ctx, can, db, now, type Prisma } from '@/lib/core';
import { discoverable, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { type HitJob, hitJobs } from './external/hit-jobs';
import { IS_READER } from './product-lineage';

const USAGE_DAYS = 30;
const MAX_STEPS = 20;
const MAX_PRODUCTS = 200;
const MAX_PEOPLE = 200;

export const ImpactInput = z.object({
  /** Only what uses this column; without it, whatever uses the product. */
  column: z.string().min(1).max(300).optional(),
});
export type ImpactInput = z.input<typeof ImpactInput>;

export interface HitProduct {
  id: string;
  address: string;
  title: string;
  owner: string;
  /** Steps downstream. */
  level: number;
  /**
   * 'breaks': its statement reads it; 'unknown': its statement could not be traced; 'stale': it is made of one that
   * breaks, so it gets no new rows.
   */
  effect: 'breaks' | 'unknown' | 'stale';
  /** Its columns that the column gets into or decides over. */
  columns: string[];
}
export interface HitPerson {
  id: string;
  name: string;
  hasGrant: boolean;
  /** Answered reads in the last 30 days. */
  reads: number;
}
export interface Impact {
  products: HitProduct[];
  moreProducts: number;
  /** Outside the portal, that read it. */
  jobs: HitJob[];
  moreJobs: number;
  /** Names are for who manages the product's grants; others see how many there are. */
  people: HitPerson[] | null;
  peopleCount: number;
}

/**
 * Who is hit when a product, or one of its columns, goes: products made from it and people who use it.
 * @throws AppError unauthenticated | forbidden | not_found
 */
export async function lineageImpact(
  ctx: Ctx,
  productId: string,
  raw: ImpactInput = {},
): Promise<Impact> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const product = await requireVisibleProduct(ctx, productId);
  const { column } = ImpactInput.parse(raw);
  const [rows, people, outside] = await Promise.all([
    readProducts(productId, column ?? null, await discoverable(ctx)),
    readPeople(productId, column ?? null),
    hitJobs(productId, column ?? null),
  ]);
  const mayKnow = can(ctx, 'audit.read') || can(ctx, 'grant.manage', product);
  return {
    products: rows.map(({ total: _, ...one }) => one),
    moreProducts: Math.max(0, (rows[0]?.total ?? 0) - rows.length),
    jobs: outside.jobs,
    moreJobs: outside.total - outside.jobs.length,
    people: mayKnow ? people.map(({ total: _, ...one }) => one) : null,
    peopleCount: people[0]?.total ?? 0,
  };
}

/**
 * Readers whose statement names the column, or could not be traced, and all that is made from those. Without a column
 * every reader is hit.
 */
function readProducts(
  productId: string,
  column: string | null,
  visible: Prisma.Sql,
): Promise<(HitProduct & { total: number })[]> {
  return db().$queryRaw`
    with recursive direct as (
      select p.id, coalesce(u.columns, '{}') as columns,
        case when ${column}::text is null or u.is_used then 'breaks' else 'unknown' end as effect
      from (select distinct "productId" from product_input where "sourceId" = ${productId}) i
      join product p on p.id = i."productId" and ${IS_READER}
      left join lineage_derivation l on l."productId" = p.id and l.version = p.version
      left join lateral (
        select bool_or(true) as is_used,
          array_agg(distinct c.field order by c.field) filter (where c.field <> '') as columns
        from column_lineage c where c."productId" = p.id and c.version = p.version
          and c."sourceId" = ${productId} and lower(c."sourceColumn") = lower(${column}::text)) u on true
      where (${column}::text is null or u.is_used or l."productId" is null or l.gaps <> '[]')
        and ${visible}
    ), walk(id, level) as (
      select id, 1 from direct
      union select p.id, walk.level + 1 from walk
        join product_input i on i."sourceId" = walk.id
        join product p on p.id = i."productId" and ${IS_READER}
      where walk.level < ${MAX_STEPS} and p.id <> ${productId} and ${visible}
    ), hit as (select id, min(level) as level from walk group by id)
    select p.id, d.name || '/' || p.name as address, p.title, o.name as owner, h.level,
      coalesce(t.effect, 'stale') as effect, coalesce(t.columns, '{}') as columns,
      count(*) over ()::int as total
    from hit h join product p on p.id = h.id join domain d on d.id = p."domainId"
    join "user" o on o.id = p."ownerId" left join direct t on t.id = h.id
    order by h.level, address limit ${MAX_PRODUCTS}`;
}

/** Who holds a grant or has read it lately; somebody who asks for other columns alone is not hit by this one. */
function readPeople(
  productId: string,
  column: string | null,
): Promise<(HitPerson & { total: number })[]> {
  const at = now();
  const since = new Date(at.getTime() - USAGE_DAYS * 86_400_000);
  return db().$queryRaw`
    with granted as (
      select distinct "subjectId" as id from "grant" where "productId" = ${productId}
        and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > ${at})
    ), used as (
      select "actorId" as id, count(*)::int as reads,
        count(*) filter (where ${column}::text is null or cardinality(columns) = 0
          or ${column} = any(columns))::int as hits
      from usage_event where "productId" = ${productId} and at >= ${since} and status < 400
        and "actorId" is not null group by 1
    )
    select u.id, u.name, g.id is not null as "hasGrant", coalesce(s.reads, 0) as reads,
      count(*) over ()::int as total
    from "user" u left join granted g on g.id = u.id left join used s on s.id = u.id
    where u."disabledAt" is null
      and (s.hits > 0 or (g.id is not null and coalesce(s.reads, 0) = 0))
    order by reads desc, u.name, u.id limit ${MAX_PEOPLE}`;
}
