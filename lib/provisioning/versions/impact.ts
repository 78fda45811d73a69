import { type Ctx, db, now } from '@/lib/core';
import { visibleAmong } from '@/lib/governance';
import { etlSpecSchema } from '@/lib/platform';
import type { ContractChange } from '@/lib/products/contract-diff';
import { daysAfter } from './window';

const USAGE_DAYS = 90;
const MOST = 500;

export interface Consumer {
  userId: string;
  name: string;
  email: string;
  hasGrant: boolean;
  /** Answered reads in the last 90 days. */
  reads: number;
  lastReadAt: string | null;
  /** Living products of this person that read the product. */
  products: string[];
  /** The columns that the person is known to use; null when it may be any. */
  columns: string[] | null;
  /** Whether something that the person may use breaks. */
  isAffected: boolean;
}

export interface Downstream {
  address: string;
  ownerId: string;
  columns: string[] | null;
  /** The older version that it is pinned to. */
  version: string | null;
}

export interface Impact {
  consumers: Consumer[];
  downstream: Downstream[];
  /** True when there are more people than are listed. */
  isCut: boolean;
}

interface Reader {
  actorId: string;
  reads: number;
  lastAt: Date;
  /** Somebody who once asked for all columns may use any. */
  isWhole: boolean;
  columns: string[];
}

/** Who read the product, by what they asked for: one pass over the window. */
async function readersOf(productId: string): Promise<Reader[]> {
  const since = daysAfter(now(), -USAGE_DAYS);
  return db().$queryRaw<Reader[]>`
    select u."actorId", count(distinct u.id)::int as reads, max(u.at) as "lastAt",
      bool_or(cardinality(u.columns) = 0) as "isWhole",
      coalesce(array_agg(distinct c.name) filter (where c.name is not null), '{}') as columns
    from usage_event u left join lateral unnest(u.columns) c(name) on true
    where u."productId" = ${productId} and u.at >= ${since} and u.status < 400
      and u.shape in ('rows', 'query') and u."actorId" is not null
    group by u."actorId" order by max(u.at) desc limit ${MOST}`;
}

async function downstreamOf(ctx: Ctx, productId: string): Promise<Downstream[]> {
  const inputs = await db().productInput.findMany({
    where: { sourceId: productId, product: { status: { notIn: ['draft', 'retired'] } } },
    include: {
      product: {
        select: {
          name: true,
          ownerId: true,
          domain: { select: { name: true } },
          pipeline: { select: { spec: true } },
        },
      },
    },
    orderBy: { productId: 'asc' },
    take: MOST,
  });
  const ids = inputs.map((one) => one.productId);
  const visible = await visibleAmong(ctx, ids);
  return inputs.map(({ productId: id, version, product }) => ({
    address: visible.has(id)
      ? `${product.domain.name}/${product.name}`
      : 'a product you may not see',
    ownerId: product.ownerId,
    columns: columnsRead(product.pipeline?.spec),
    version,
  }));
}

/** A product made of another's columns names them; of what SQL reads only the inputs are known. */
function columnsRead(spec: unknown): string[] | null {
  const parsed = etlSpecSchema.safeParse(spec);
  if (!parsed.success || parsed.data.extract.kind !== 'product') return null;
  return parsed.data.transform.columns.map((one) => one.source);
}

/**
 * Who consumes a product: by grant, by what they read in the last 90 days, and by the products they make of it; and
 * whether the changes break something that they may use. The owner, who knows, is left out.
 */
export async function impactOf(
  ctx: Ctx,
  product: { id: string; ownerId: string },
  changes: readonly ContractChange[],
): Promise<Impact> {
  const [grants, readers, downstream] = await Promise.all([
    db().grant.findMany({
      where: {
        productId: product.id,
        revokedAt: null,
        OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
      },
      select: { subjectId: true },
      distinct: ['subjectId'],
      take: MOST,
    }),
    readersOf(product.id),
    downstreamOf(ctx, product.id),
  ]);
  const readsOf = new Map(readers.map((one) => [one.actorId, one]));
  const granted = new Set(grants.map((one) => one.subjectId));
  const owners = Map.groupBy(downstream, (one) => one.ownerId);
  const ids = [...new Set([...granted, ...readsOf.keys(), ...owners.keys()])];
  const people = await db().user.findMany({
    where: { id: { in: ids.filter((id) => id !== product.ownerId) }, disabledAt: null },
    select: { id: true, name: true, email: true },
    orderBy: { name: 'asc' },
    take: MOST,
  });
  const consumers = people.map(({ id, name, email }): Consumer => {
    const reader = readsOf.get(id);
    const made = owners.get(id) ?? [];
    const columns = columnsUsed(reader, made);
    return {
      userId: id,
      name,
      email,
      hasGrant: granted.has(id),
      reads: reader?.reads ?? 0,
      lastReadAt: reader?.lastAt.toISOString() ?? null,
      products: made.map((one) => one.address),
      columns,
      isAffected: isBroken(changes, columns),
    };
  });
  return { consumers, downstream, isCut: people.length === MOST };
}

function columnsUsed(reader: Reader | undefined, made: readonly Downstream[]): string[] | null {
  const isUnknown = made.some((one) => one.columns === null);
  // A grant that was never used says nothing about the columns.
  if (isUnknown || (!reader && made.length === 0) || reader?.isWhole) return null;
  return [...new Set([...(reader?.columns ?? []), ...made.flatMap((one) => one.columns ?? [])])];
}

function isBroken(changes: readonly ContractChange[], columns: readonly string[] | null): boolean {
  return changes.some(
    ({ compatibility, column }) =>
      compatibility === 'breaking' &&
      (column === undefined || columns === null || columns.includes(column)),
  );
}
