import { newId, Prisma, type Tx } from '@/lib/core';
import type { ProductSpec } from '@/lib/specs';
import { type Promised, promisesOf, TITLES, USUAL_TARGET } from './promises';
import { floorMinute } from './windows';

interface Changed {
  productId: string;
  slo: ProductSpec['slo'] | null;
  isLive: boolean;
  wasLive: boolean;
}

/** Products whose contract promises something else than it did, or that began or stopped to be served. */
const CHANGED = Prisma.sql`
  with now as (
    select p.id as "productId", p.descriptor #> '{spec,slo}' as slo, p.status not in ('draft', 'retired')
        and exists (select 1 from product_environment e where e."productId" = p.id
          and e.environment = 'production' and e.status = 'live') as "isLive"
    from product p)
  select n."productId", n.slo, n."isLive", coalesce(s."isLive", false) as "wasLive"
  from now n left join slo_product s on s."productId" = n."productId"
  where n."isLive" is distinct from coalesce(s."isLive", false)
    or (n."isLive" and n.slo is distinct from s.promise)
  order by n."productId"`;

/**
 * Brings objectives in line with the contracts: new promises are measured from this minute on, those that are
 * gone and those of products that are not served any more end. @returns how many products changed
 */
export async function syncObjectives(tx: Tx, at: Date): Promise<number> {
  const changed = await tx.$queryRaw<Changed[]>(CHANGED);
  const minute = floorMinute(at);
  for (const product of changed) {
    if (product.isLive) await bringInLine(tx, product, minute);
    else await end(tx, { productId: product.productId }, minute);
    await remember(tx, product);
  }
  return changed.length;
}

async function remember(tx: Tx, { productId, slo, isLive }: Changed): Promise<void> {
  const promised = promisesOf(slo);
  const isProbed =
    isLive && promised.some(({ key }) => key === 'availability' || key === 'latency');
  const data = { promise: slo === null ? Prisma.DbNull : (slo as object), isLive, isProbed };
  await tx.sloProduct.upsert({
    where: { productId },
    create: { productId, ...data },
    update: data,
  });
}

async function bringInLine(tx: Tx, product: Changed, minute: Date): Promise<void> {
  const { productId, wasLive } = product;
  const promised = promisesOf(product.slo);
  const held = await tx.sloObjective.findMany({ where: { productId } });
  for (const one of promised) {
    const known = held.find(({ key }) => key === one.key);
    if (!known) await tx.sloObjective.create({ data: newObjective(productId, one, minute) });
    else
      await tx.sloObjective.update({ where: { id: known.id }, data: updated(one, known, minute) });
  }
  if (!wasLive) {
    // What owners added goes on when the product is served again.
    await tx.sloObjective.updateMany({
      where: { productId, origin: 'owner', endedAt: { not: null } },
      data: { endedAt: null, since: minute },
    });
  }
  const gone = {
    productId,
    origin: 'contract',
    key: { notIn: promised.map(({ key }) => key as string) },
  };
  await end(tx, gone, minute);
}

function newObjective(productId: string, one: Promised, minute: Date) {
  const { key, target, threshold, isInclusive } = one;
  const usual = key === 'latency' || key === 'freshness' ? USUAL_TARGET[key] : 1;
  return {
    id: newId(),
    productId,
    key,
    kind: key,
    title: TITLES[key],
    origin: 'contract',
    target: target ?? usual,
    threshold,
    isInclusive,
    since: minute,
  };
}

function updated(one: Promised, known: { endedAt: Date | null }, minute: Date) {
  const { target, threshold, isInclusive } = one;
  return {
    threshold,
    isInclusive,
    origin: 'contract',
    // A share that the contract leaves open is the owner's to choose.
    ...(target !== null && { target }),
    ...(known.endedAt && { endedAt: null, since: minute }),
  };
}

async function end(tx: Tx, where: Prisma.SloObjectiveWhereInput, minute: Date): Promise<void> {
  await tx.sloObjective.updateMany({
    where: { ...where, endedAt: null },
    data: { endedAt: minute },
  });
}
