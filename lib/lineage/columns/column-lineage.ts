import { z } from 'zod';
import { type Ctx, db, notFound, type Prisma } from '@/lib/core';
import { discoverable, requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import { MAX_DEPTH } from '../directions';
import { columnsBeside, type ExternalColumnEdge } from '../external/columns-beside';
import { columnNames, IS_READER, IS_SOURCE } from '../product-lineage';
import { DIRECT, type How } from '../sql';

const MAX_STEPS = MAX_DEPTH * 2;
const MAX_EDGES = 500;

export const ColumnInput = z.object({
  /** A column of the product's contract. */
  column: z.string().min(1).max(300),
});
export type ColumnInput = z.input<typeof ColumnInput>;

export interface ColumnEdge {
  /** What is read; null for the uploaded file. */
  sourceId: string | null;
  sourceColumn: string;
  productId: string;
  /** Empty where the column decides which rows there are. */
  field: string;
  how: How;
}
export interface ColumnLineage {
  product: string;
  column: string;
  /** Addresses of the products that the edges name. */
  products: Record<string, string>;
  /** What the column is made of, and what is made of it, column by column. */
  edges: ColumnEdge[];
  /** What jobs outside the portal say of these columns. */
  external: ExternalColumnEdge[];
  /** Products on the way of which something could not be traced, and why. */
  gaps: { productId: string; field: string; reason: string }[];
  /** More edges than are given. */
  isCut: boolean;
  /** False until the statement has been read for the first time. */
  isDerived: boolean;
}

/**
 * The path of one column: where its values come from, and which columns its values get into. Conditions are told of
 * the column itself and of whoever reads it, and followed no further: they move no values. Products that the caller
 * may not discover end the path.
 * @throws AppError unauthenticated | forbidden | not_found for the product or its column
 */
export async function columnLineage(
  ctx: Ctx,
  productId: string,
  raw: ColumnInput,
): Promise<ColumnLineage> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const { domain, name } = await requireVisibleProduct(ctx, productId);
  const { column } = ColumnInput.parse(raw);
  await requireColumn(productId, column);
  const visible = await discoverable(ctx);
  const edges = await readPath(productId, column, visible);
  const given = edges.slice(0, MAX_EDGES);
  const external = await columnsBeside([{ productId, column }, ...given.flatMap(endsOf)], visible);
  const ids = new Set([
    productId,
    ...given.flatMap((one) => [one.productId, one.sourceId ?? []]).flat(),
    ...external.flatMap(({ from, to }) => [from.productId ?? [], to.productId ?? []]).flat(),
  ]);
  const [products, derivations] = await Promise.all([
    db().product.findMany({
      where: { id: { in: [...ids] } },
      select: { id: true, name: true, version: true, domain: { select: { name: true } } },
    }),
    db().lineageDerivation.findMany({ where: { productId: { in: [...ids] } } }),
  ]);
  const versions = new Map(products.map(({ id, version }) => [id, version]));
  const current = derivations.filter((one) => one.version === versions.get(one.productId));
  return {
    ...{ product: `${domain}/${name}`, column, edges: given, isCut: edges.length > MAX_EDGES },
    external,
    products: Object.fromEntries(products.map((one) => [one.id, `${one.domain.name}/${one.name}`])),
    gaps: current.flatMap(({ productId: id, gaps }) =>
      (gaps as { field: string; reason: string }[]).map((gap) => ({ productId: id, ...gap })),
    ),
    isDerived: current.some((one) => one.productId === productId),
  };
}

/** The columns of products that an edge joins, as far as it carries values. */
const endsOf = ({ productId, field, sourceId, sourceColumn, how }: ColumnEdge) => [
  ...(sourceId && DIRECT.some((one) => one === how)
    ? [{ productId: sourceId, column: sourceColumn }]
    : []),
  ...(field ? [{ productId, column: field }] : []),
];

async function requireColumn(productId: string, column: string): Promise<void> {
  const names = await columnNames(productId);
  if (names.some((name) => name.toLowerCase() === column.toLowerCase())) return;
  throw notFound(`A column "${column}" of this product`);
}

/** Each edge once, nearest first: those that move values are followed, the others end there. */
function readPath(productId: string, column: string, visible: Prisma.Sql): Promise<ColumnEdge[]> {
  return db().$queryRaw<ColumnEdge[]>`
    with recursive now as not materialized (
      select c.*, lower(c.field) as made, lower(c."sourceColumn") as used from column_lineage c
      join product p on p.id = c."productId" and p.version = c.version
    ), up as (
      select n."sourceId", n."sourceColumn", n."productId", n.field, n.how, n.used, 1 as step
      from now n where n."productId" = ${productId} and (n.made = lower(${column}) or n.made = '')
        and (n."sourceId" is null or exists (
          select 1 from product p where p.id = n."sourceId" and ${IS_SOURCE} and ${visible}))
      union
      select n."sourceId", n."sourceColumn", n."productId", n.field, n.how, n.used, up.step + 1
      from up join now n on n."productId" = up."sourceId" and n.made = up.used
      where up.step < ${MAX_STEPS} and up.how = any(${[...DIRECT]}::text[])
        and (n."sourceId" is null or exists (
          select 1 from product p where p.id = n."sourceId" and ${IS_SOURCE} and ${visible}))
    ), down as (
      select n."sourceId", n."sourceColumn", n."productId", n.field, n.how, n.made, 1 as step
      from now n join product p on p.id = n."productId" and ${IS_READER}
      where n."sourceId" = ${productId} and n.used = lower(${column}) and ${visible}
      union
      select n."sourceId", n."sourceColumn", n."productId", n.field, n.how, n.made, down.step + 1
      from down join now n on n."sourceId" = down."productId" and n.used = down.made
      join product p on p.id = n."productId" and ${IS_READER}
      where down.step < ${MAX_STEPS} and down.how = any(${[...DIRECT]}::text[]) and ${visible}
    )
    select "sourceId", "sourceColumn", "productId", field, how from (
      select "sourceId", "sourceColumn", "productId", field, how, step from up
      union all select "sourceId", "sourceColumn", "productId", field, how, step from down) e
    group by 1, 2, 3, 4, 5
    order by min(step), 3, 4, 1 nulls first, 2, 5 limit ${MAX_EDGES + 1}`;
}
