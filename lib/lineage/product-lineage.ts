import { z } from 'zod';
import { type Ctx, db, Prisma } from '@/lib/core';
import { discoverable, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import type { DataProduct } from '@/lib/specs';
import { DIRECTIONS, type Direction, MAX_DEPTH } from './directions';
import { type External, externalAround } from './external/around';

const MAX_NODES = 200;

export const LineageInput = z.object({
  depth: z.coerce
    .number('depth takes a whole number')
    .int('depth takes a whole number')
    .min(1, `depth takes 1 to ${MAX_DEPTH}`)
    .max(MAX_DEPTH, `depth takes 1 to ${MAX_DEPTH}`)
    .default(2),
  direction: z.enum(DIRECTIONS, 'direction takes both, upstream or downstream').default('both'),
});
export type LineageInput = z.input<typeof LineageInput>;

export interface LineageNode {
  id: string;
  /** `domain/name`. */
  address: string;
  title: string;
  status: string;
  classification: string;
  domain: string;
  domainTitle: string;
  /** Steps from the product: below 0 it is read from, above 0 it reads. */
  level: number;
  /** Ids of those of the nodes that it reads. */
  reads: string[];
  /** How many products it reads, and how many read it, of those that the caller may find. */
  sources: number;
  readers: number;
}
export interface ProductLineage {
  product: string;
  depth: number;
  direction: Direction;
  nodes: LineageNode[];
  /** Names of the product's own columns. */
  columns: string[];
  /** Products within this depth that are not given; the nearest are. */
  more: number;
  /** Jobs and datasets outside the portal, as OpenLineage events told of them. */
  external: External;
}

/**
 * The products that one is made from and that are made from it, nearest first. What the caller may not discover is not
 * there, neither is what lies behind it, and nothing says so.
 * @throws AppError unauthenticated | forbidden | not_found; ZodError on a depth that is none
 */
export async function productLineage(
  ctx: Ctx,
  productId: string,
  raw: LineageInput = {},
): Promise<ProductLineage> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const { domain, name } = await requireVisibleProduct(ctx, productId);
  const input = LineageInput.parse(raw);
  const [rows, columns] = await Promise.all([
    readGraph(productId, input, await discoverable(ctx)),
    columnNames(productId),
  ]);
  const nodes = rows.map(({ total: _, ...node }) => node);
  const more = Math.max(0, (rows[0]?.total ?? 0) - nodes.length);
  const external = await externalAround(nodes, input);
  return { product: `${domain}/${name}`, ...input, columns, nodes, more, external };
}

/** Of the contract in force, in its order. */
export async function columnNames(productId: string): Promise<string[]> {
  const { descriptor } = await db().product.findUniqueOrThrow({
    where: { id: productId },
    select: { descriptor: true },
  });
  return (descriptor as unknown as DataProduct).spec.schema.map(({ name }) => name);
}

/** Of what a product reads and is read by: drafts are in nobody's lineage, retired ones read nothing any more. */
export const IS_SOURCE = Prisma.sql`p.status <> 'draft'`;
export const IS_READER = Prisma.sql`p.status not in ('draft', 'retired')`;

/**
 * Both directions in one statement. `union` keeps a product once a step, so that diamonds and rings end; each side
 * walks at most `depth` steps and only over what `visible` lets through.
 */
function readGraph(
  productId: string,
  { depth, direction }: { depth: number; direction: Direction },
  visible: Prisma.Sql,
): Promise<(LineageNode & { total: number })[]> {
  const up = direction === 'downstream' ? 0 : depth;
  const down = direction === 'upstream' ? 0 : depth;
  return db().$queryRaw`
    with recursive up(id, step) as (
      select ${productId}::text, 0
      union select p.id, up.step + 1 from up
        join product_input i on i."productId" = up.id
        join product p on p.id = i."sourceId" and ${IS_SOURCE}
      where up.step < ${up} and ${visible}
    ), down(id, step) as (
      select ${productId}::text, 0
      union select p.id, down.step + 1 from down
        join product_input i on i."sourceId" = down.id
        join product p on p.id = i."productId" and ${IS_READER}
      where down.step < ${down} and ${visible}
    ), found as (
      select distinct on (id) id, level
      from (select id, -step as level from up union all select id, step from down) both_ways
      order by id, abs(level), level
    ), nearest as materialized (
      select id, level, count(*) over ()::int as total from found
      order by abs(level), level, id limit ${MAX_NODES}
    )
    select n.id, d.name || '/' || p.name as address, p.title, p.status, p.classification,
      d.name as domain, d.title as "domainTitle", n.level, n.total,
      array(select distinct i."sourceId" from product_input i
        where i."productId" = n.id and i."sourceId" in (select id from nearest) order by 1) as reads,
      (select count(distinct p.id)::int from product_input i join product p on p.id = i."sourceId"
        where i."productId" = n.id and ${IS_SOURCE} and ${visible}) as sources,
      (select count(distinct p.id)::int from product_input i join product p on p.id = i."productId"
        where i."sourceId" = n.id and ${IS_READER} and ${visible}) as readers
    from nearest n join product p on p.id = n.id join domain d on d.id = p."domainId"
    order by abs(n.level), n.level, address`;
}
