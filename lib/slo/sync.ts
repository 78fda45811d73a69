import { newId, Prisma, type Tx } from '@/lib/core';
import { sloSchema } from '@/lib/specs';
import { type Promised, promisesOf, TITLES, USUAL_TARGET } from './promises';
import { floorMinute } from './windows';

interface Changed {
  productId: string;
  slo: unknown;
  isLive: boolean;
  wasLive: boolean;
}
interface Held {
  id: string;
  productId: string;
  key: string;
  origin: string;
  endedAt: Date | null;
}
/** Products of one transaction. */
export const SYNC_BATCH = 500;

/** Products whose contract promises something else than it did, or that began or stopped to be served. */
const CHANGED = Prisma.sql`
  with now as (
    select p.id as "productId", nullif(p.descriptor #> '{spec,slo}', 'null') as slo, p.status not in ('draft', 'retired')
        and exists (select 1 from product_environment e where e."productId" = p.id
          and e.environment = 'production' and e.status = 'live') as "isLive"
    from product p)
  select n."productId", n.slo, n."isLive", coalesce(s."isLive", false) as "wasLive"
  from now n left join slo_product s on s."productId" = n."productId"
  where n."isLive" is distinct from coalesce(s."isLive", false)
    or (n."isLive" and n.slo is distinct from s.promise)
  order by n."productId" limit ${SYNC_BATCH}`;

/**
 * Brings objectives in line with the contracts: new promises are measured from this minute on, those that are
 * gone and those of products that are not served any more end. A few statements for up to 500 products, whose
 * clock the caller holds. @returns how many had changed; fewer than a batch when all are done
 */
export async function syncObjectives(tx: Tx, at: Date): Promise<number> {
  const changed = await tx.$queryRaw<Changed[]>(CHANGED);
  if (changed.length > 0) await bringInLine(tx, changed, floorMinute(at));
  return changed.length;
}

async function bringInLine(tx: Tx, changed: readonly Changed[], minute: Date): Promise<void> {
  const held = await tx.sloObjective.findMany({
    where: { productId: { in: changed.map(({ productId }) => productId) } },
    select: { id: true, productId: true, key: true, origin: true, endedAt: true },
  });
  const ofProduct = Map.groupBy(held, ({ productId }) => productId);
  const plans = changed.map((product) => planOf(product, ofProduct.get(product.productId) ?? []));
  const made = plans.flatMap(({ create }) => create);
  await tx.sloObjective.createMany({ data: made.map((one) => ({ ...one, since: minute })) });
  await update(
    tx,
    plans.flatMap((plan) => plan.update),
  );
  await tx.sloObjective.updateMany({
    where: { id: { in: plans.flatMap((plan) => plan.begin) } },
    data: { endedAt: null, since: minute },
  });
  await tx.sloObjective.updateMany({
    where: { id: { in: plans.flatMap((plan) => plan.end) }, endedAt: null },
    data: { endedAt: minute },
  });
  await remember(tx, changed);
}

/** A document that is not as it should be promises nothing; it must not stop the others. */
const promisedBy = (slo: unknown): Promised[] => promisesOf(sloSchema.safeParse(slo).data ?? null);

interface Plan {
  create: ReturnType<typeof newObjective>[];
  update: Updated[];
  /** Ids of those that are measured again, and of those that are not any more. */
  begin: string[];
  end: string[];
}

function planOf(product: Changed, held: readonly Held[]): Plan {
  const { productId, slo, isLive, wasLive } = product;
  if (!isLive) return { create: [], update: [], begin: [], end: held.map(({ id }) => id) };
  const promised = promisedBy(slo);
  const known = (key: string) => held.find((one) => one.key === key);
  const isPromised = ({ key }: Held) => promised.some((one) => one.key === key);
  return {
    create: promised.filter(({ key }) => !known(key)).map((one) => newObjective(productId, one)),
    update: promised.flatMap((one) => {
      const { id } = known(one.key) ?? {};
      return id ? [updated(id, one)] : [];
    }),
    // What owners added goes on when the product is served again.
    begin: held
      .filter((one) => one.endedAt && (isPromised(one) || (one.origin === 'owner' && !wasLive)))
      .map(({ id }) => id),
    end: held.filter((one) => one.origin === 'contract' && !isPromised(one)).map(({ id }) => id),
  };
}

function newObjective(productId: string, one: Promised) {
  const { key, target, threshold, isInclusive } = one;
  const usual = key === 'latency' || key === 'freshness' ? USUAL_TARGET[key] : 1;
  return {
    id: newId(),
    ...{ productId, key, kind: key, title: TITLES[key], origin: 'contract' },
    ...{ target: target ?? usual, threshold, isInclusive },
  };
}

type Updated = { id: string } & Pick<Promised, 'target' | 'threshold' | 'isInclusive'>;
const updated = (id: string, { target, threshold, isInclusive }: Promised): Updated => ({
  ...{ id, target, threshold, isInclusive },
});

/** A share that the contract leaves open is the owner's to choose. */
async function update(tx: Tx, rows: readonly Updated[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`update slo_objective o set origin = 'contract', threshold = t.threshold,
      "isInclusive" = t."isInclusive", target = coalesce(t.target, o.target)
    from json_to_recordset(${JSON.stringify(rows)}::json)
      as t(id text, target float8, threshold float8, "isInclusive" boolean)
    where o.id = t.id`;
}

async function remember(tx: Tx, changed: readonly Changed[]): Promise<void> {
  const rows = changed.map(({ productId, slo, isLive }) => {
    const keys = promisedBy(slo).map(({ key }) => key);
    const isProbed = isLive && (keys.includes('availability') || keys.includes('latency'));
    return { productId, promise: slo, isLive, isProbed };
  });
  await tx.$executeRaw`insert into slo_product ("productId", promise, "isLive", "isProbed")
    select t."productId", t.promise, t."isLive", t."isProbed"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as t("productId" text, promise jsonb, "isLive" boolean, "isProbed" boolean)
    on conflict ("productId") do update set promise = excluded.promise, "isLive" = excluded."isLive",
      "isProbed" = excluded."isProbed"`;
}
