import { z } from 'zod';
import { type Ctx, Prisma, pool } from '@/lib/core';
import { discoverable, requireSignedIn } from '@/lib/governance';
import { IS_READER, IS_SOURCE } from './product-lineage';

/** As many as a browser lays out and draws without waiting. */
export const MAX_MESH_NODES = 10_000;

export const MeshInput = z.object({
  /** Products of this domain, and their direct neighbours. */
  domain: z.string().max(63).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_MESH_NODES).default(MAX_MESH_NODES),
});
export type MeshInput = z.input<typeof MeshInput>;

export interface MeshNode {
  id: string;
  name: string;
  title: string;
  status: string;
  classification: string;
  /** Place in `domains`. */
  domain: number;
}
export interface MeshLineage {
  domains: { name: string; title: string }[];
  nodes: MeshNode[];
  /** Places in `nodes`: what is read, and what reads it. */
  edges: [source: number, reader: number][];
  /** Products that read another or are read and are not given. */
  more: number;
  /** Products that read no other and are read by none. */
  alone: number;
}

/**
 * Every product that reads another or is read, with who reads whom. Those that are read most come first.
 * @throws AppError unauthenticated | forbidden
 */
export async function meshLineage(ctx: Ctx, raw: MeshInput = {}): Promise<MeshLineage> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const { domain, limit } = MeshInput.parse(raw);
  const rows = await readNodes(await discoverable(ctx), domain, limit);
  const [first] = rows;
  const ids = rows.map(({ id }) => id);
  const edges = await run<{ sourceId: string; productId: string }>(Prisma.sql`
    select distinct "sourceId", "productId" from product_input
    where "sourceId" = any(${ids}::text[]) and "productId" = any(${ids}::text[])
    order by 1, 2`);
  const places = new Map(ids.map((id, at) => [id, at]));
  const names = [...new Map(rows.map((row) => [row.domainName, row.domainTitle]))].sort();
  const domainAt = new Map(names.map(([name], at) => [name, at]));
  return {
    domains: names.map(([name, title]) => ({ name, title })),
    nodes: rows.map(({ id, name, title, status, classification, domainName }) => ({
      ...{ id, name, title, status, classification, domain: domainAt.get(domainName)! },
    })),
    edges: edges.map((one) => [places.get(one.sourceId)!, places.get(one.productId)!]),
    more: Math.max(0, (first?.total ?? 0) - rows.length),
    alone: first?.alone ?? 0,
  };
}

interface Row extends Omit<MeshNode, 'domain'> {
  domainName: string;
  domainTitle: string;
  total: number;
  alone: number;
}

/** `links` is read once; which products there are follows from it. */
function readNodes(visible: Prisma.Sql, domain: string | undefined, limit: number): Promise<Row[]> {
  const ofDomain = domain
    ? Prisma.sql`(select id from domain where name = ${domain})`
    : Prisma.sql`null::text`;
  return run<Row>(Prisma.sql`
    with seen as materialized (
      select p.id, p."domainId", ${IS_SOURCE} as gives, ${IS_READER} as reads from product p
      where p.status <> 'draft' and ${visible}
    ), links as materialized (
      select distinct i."sourceId", i."productId" from product_input i
      join seen s on s.id = i."sourceId" and s.gives
      join seen r on r.id = i."productId" and r.reads
      where ${domain ?? null}::text is null or s."domainId" = ${ofDomain} or r."domainId" = ${ofDomain}
    ), ends as (
      select id, sum(readers)::int as readers from (
        select "sourceId" as id, 1 as readers from links union all select "productId", 0 from links) e
      group by id
    )
    select p.id, p.name, p.title, p.status, p.classification, d.name as "domainName",
      d.title as "domainTitle", count(*) over ()::int as total,
      (select count(*)::int from seen s where s.reads and not exists (select 1 from ends e where e.id = s.id)
        and (${domain ?? null}::text is null or s."domainId" = ${ofDomain})) as alone
    from ends e join product p on p.id = e.id join domain d on d.id = p."domainId"
    order by e.readers desc, p.id limit ${limit}::int`);
}

/** Thousands of rows come in a tenth of the time that Prisma takes to make them its own. */
async function run<T extends object>({ text, values }: Prisma.Sql): Promise<T[]> {
  return (await pool().query<T>(text, values as unknown[])).rows;
}
