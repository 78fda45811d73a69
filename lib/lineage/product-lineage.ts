import { z } from 'zod';
import { type Ctx, db, type Prisma } from '@/lib/core';
import { discoverable, requireSignedIn, requireVisibleProduct } from '@/lib/governance';

export const MAX_DEPTH = 5;
const MAX_NODES = 200;
export const LineageDepth = z.coerce
  .number('depth takes a whole number')
  .int('depth takes a whole number')
  .min(1, `depth takes 1 to ${MAX_DEPTH}`)
  .max(MAX_DEPTH, `depth takes 1 to ${MAX_DEPTH}`)
  .default(2);

export interface LineageNode {
  id: string;
  /** `domain/name`. */
  address: string;
  title: string;
  status: string;
  classification: string;
  /** Steps from the product: below 0 it is read from, above 0 it reads. */
  level: number;
  /** Ids of those of the nodes that it reads. */
  reads: string[];
}
export interface ProductLineage {
  product: string;
  depth: number;
  nodes: LineageNode[];
  /** More products are within this depth than are given; the nearest are. */
  isCut: boolean;
}

/**
 * The products that one is made from and that are made from it, nearest first. What the caller may not discover is not
 * there, neither is what lies behind it, and nothing says so.
 * @throws AppError unauthenticated | forbidden | not_found; ZodError on a depth that is none
 */
export async function productLineage(
  ctx: Ctx,
  productId: string,
  rawDepth?: unknown,
): Promise<ProductLineage> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const { domain, name } = await requireVisibleProduct(ctx, productId);
  const depth = LineageDepth.parse(rawDepth);
  const rows = await readGraph(productId, depth, await discoverable(ctx));
  return {
    product: `${domain}/${name}`,
    depth,
    nodes: rows.slice(0, MAX_NODES),
    isCut: rows.length > MAX_NODES,
  };
}

/**
 * Both directions in one statement. `union` keeps a product once a step, so that diamonds and rings end; each side
 * walks at most `depth` steps and only over what `visible` lets through.
 */
function readGraph(productId: string, depth: number, visible: Prisma.Sql): Promise<LineageNode[]> {
  return db().$queryRaw<LineageNode[]>`
    with recursive up(id, step) as (
      select ${productId}::text, 0
      union select p.id, up.step + 1 from up
        join product_input i on i."productId" = up.id
        join product p on p.id = i."sourceId" and p.status <> 'draft'
      where up.step < ${depth} and ${visible}
    ), down(id, step) as (
      select ${productId}::text, 0
      union select p.id, down.step + 1 from down
        join product_input i on i."sourceId" = down.id
        join product p on p.id = i."productId" and p.status not in ('draft', 'retired')
      where down.step < ${depth} and ${visible}
    ), found as (
      select distinct on (id) id, level
      from (select id, -step as level from up union all select id, step from down) both_ways
      order by id, abs(level), level
    ), nearest as materialized (
      select id, level from found order by abs(level), level, id limit ${MAX_NODES + 1}
    )
    select n.id, d.name || '/' || p.name as address, p.title, p.status, p.classification, n.level,
      array(select distinct i."sourceId" from product_input i
        where i."productId" = n.id and i."sourceId" in (select id from nearest) order by 1) as reads
    from nearest n join product p on p.id = n.id join domain d on d.id = p."domainId"
    order by abs(n.level), n.level, address`;
}
