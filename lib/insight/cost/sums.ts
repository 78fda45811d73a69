import { db, now, Prisma, type Tx, transact } from '@/lib/core';
import { RANGES } from '../figures/period';
import type { Window } from '../metrics/metric';
import { type Costs, costOf, joined, observedOf, ofSource } from './kinds';
import { PRICES } from './prices';
import { type Version, type Weight, weightsOf } from './weights';

const DAY_MS = 86_400_000;
/** Two years, which the longest range and the one before it are. */
const LOOKS_BACK = 730;

/** Of which days sums are wanted: where ranges and those before them begin, where prices change, and up to what is settled. */
function wantedOf(settled: Date, changes: readonly Date[]): Date[] {
  const to = Math.floor(now().getTime() / DAY_MS) * DAY_MS + DAY_MS;
  const begins = Object.values(RANGES).flatMap((days) => [
    to - days * DAY_MS,
    to - 2 * days * DAY_MS,
  ]);
  const since = to - LOOKS_BACK * DAY_MS;
  const all = [...begins, ...changes.map((day) => day.getTime()), settled.getTime()];
  const wanted = new Set(all.filter((day) => day >= since && day <= settled.getTime()));
  return [...wanted].sort((a, b) => a - b).map((day) => new Date(day));
}

/**
 * Keeps what each product took up to the days from which it is asked for, and forgets the rest. Days that somebody is changing
 * are left for the next round. @returns how many days were added up to
 */
export async function keepCostSums(): Promise<number> {
  const settled = (await db().resourceRollup.findUnique({ where: { id: 1 } }))?.through;
  if (!settled) return 0;
  const [versions, held] = await Promise.all([
    db().costModel.findMany({ select: { from: true } }),
    db().costSumKept.findMany(),
  ]);
  const wanted = wantedOf(
    settled,
    versions.map(({ from }) => from),
  );
  const isHeld = new Set(held.map(({ day }) => day.getTime()));
  let kept = 0;
  for (const day of wanted) {
    if (isHeld.has(day.getTime())) continue;
    // A later one is made from it.
    if (!(await addUpTo(day))) return kept;
    kept += 1;
  }
  await db().costSumKept.deleteMany({ where: { day: { notIn: wanted } } });
  return kept;
}

/** @returns whether nobody was changing what is added up */
function addUpTo(day: Date): Promise<boolean> {
  return transact(async (tx) => {
    const [found] = await tx.$queryRaw<{ day: Date | null }[]>`
      select max(day) as day from cost_sum_kept where day < ${day}`;
    const base = found?.day ?? null;
    if (!(await holdStill(tx, base, day))) return false;
    const { count } = await tx.costSumKept.createMany({ data: { day }, skipDuplicates: true });
    if (count === 0) return false;
    const days = Prisma.sql`day >= ${base ?? new Date(0)} and day < ${day}`;
    await tx.$executeRaw`
      insert into cost_sum (day, "productId", "byteHours", "loadMs", "qualityMs", "latencyMs", "sizeBytes", stored, worked, taken, reads)
      select ${day}, "productId", sum(b), sum(l), sum(q), sum(t), sum(s), sum(n1), sum(n2), sum(n3), sum(r) from (
        select "productId", "byteHours" b, "loadMs" l, "qualityMs" q, "latencyMs" t, "sizeBytes" s, stored n1, worked n2, taken n3, reads r
          from cost_sum where day = ${base}
        union all select "productId", "byteHours", "loadMs", "qualityMs", 0, 0, ("byteHours" > 0)::int, ("loadMs" + "qualityMs" > 0)::int,
          ("byteHours" + "loadMs" + "qualityMs" > 0)::int, 0 from resource_day where ${days}
        union all select "productId", 0, 0, 0, "latencyMs", "sizeBytes", 0, 0, 0, reads from usage_day where ${days}) a group by 2`;
    return true;
  });
}

/** That nothing changes until the end which the sum up to a day is made of: the sum that it begins with, and the days since. */
async function holdStill(tx: Tx, base: Date | null, day: Date): Promise<boolean> {
  if (!base) {
    await tx.$executeRaw`lock table usage_domain_day in share mode`;
    return true;
  }
  const [held] = await tx.$queryRaw<{ isFree: boolean }[]>`
    select bool_and(pg_try_advisory_xact_lock(usage_past_lock(d))) as "isFree"
    from generate_series(${base}::timestamptz, ${day}::timestamptz - interval '24 hours', interval '24 hours') d`;
  if (!held?.isFree) return false;
  const found =
    await tx.$queryRaw`select from cost_sum_kept where day = ${base} for share skip locked`;
  return (found as unknown[]).length > 0;
}

const COLUMNS = Prisma.raw(`day, facts, ${PRICES.map((price) => `"${price}"`).join(', ')}`);
const relation = (weights: readonly Weight[]) =>
  Prisma.sql`(values ${Prisma.join(
    weights.map(
      (one) =>
        Prisma.sql`(${one.day}::timestamptz, ${one.facts}::int, ${Prisma.join(PRICES.map((price) => Prisma.sql`${one[price]}::float8`))})`,
    ),
  )}) p (${COLUMNS})`;

/** What it takes to know what products cost in a window. */
export interface Basis {
  versions: readonly Version[];
  /** Of which days there are sums. */
  kept: readonly Date[];
}

/** Read in the transaction of one snapshot in which the sums are read too. */
export async function basisOf(tx: Pick<Tx, 'costModel' | 'costSumKept'>): Promise<Basis> {
  const versions = await tx.costModel.findMany();
  const kept = await tx.costSumKept.findMany();
  return { versions, kept: kept.map(({ day }) => day) };
}

/**
 * What products cost in a window as rows of `productId`, `num`, `den` and `n`: from sums where they shorten it.
 * @param products which: a relation of ids; null for all
 * @param rest days that are not written down yet: a relation
 */
export function costsOfProducts(
  costs: Costs,
  window: Window,
  { versions, kept }: Basis,
  products: Prisma.Sql | null,
  rest: Prisma.Sql,
): Prisma.Sql {
  const { sums, days } = weightsOf(window, versions, kept);
  const { kinds, hasReads } = costs;
  const isOne = products
    ? Prisma.sql`u."productId" in (select id from ${products})`
    : Prisma.sql`true`;
  const reads = hasReads ? Prisma.sql`(u.reads * p.facts)::float8` : Prisma.sql`null::float8`;
  const resources = (of: Prisma.Sql) => Prisma.sql`
    select u."productId", ${costOf(kinds, 'resource')}, null::float8,
      ${hasReads ? Prisma.sql`0` : Prisma.sql`((${joined(ofSource(kinds, 'resource'), 'amount')} > 0)::int * p.facts)`}::float8
    from ${of} u join ${relation(days)} on p.day = u.day where ${isOne}`;
  const isOf = (source: 'resource' | 'usage') =>
    days.length > 0 && ofSource(kinds, source).length > 0;
  const parts = [
    Prisma.sql`select null::text as "productId", 0::float8 as num, 0::float8 as den, 0::float8 as n where false`,
    ...(sums.length > 0
      ? [
          Prisma.sql`select u."productId", ${costOf(kinds)}, ${reads}, ((${observedOf(costs)}) * p.facts)::float8
            from cost_sum u join ${relation(sums)} on p.day = u.day where ${isOne}`,
        ]
      : []),
    ...(isOf('resource') ? [resources(Prisma.sql`resource_day`), resources(rest)] : []),
    ...(isOf('usage')
      ? [
          Prisma.sql`select u."productId", ${costOf(kinds, 'usage')}, ${reads}, (u.reads * p.facts)::float8
            from usage_day u join ${relation(days)} on p.day = u.day where ${isOne}`,
        ]
      : []),
  ];
  return Prisma.sql`select "productId", sum(num) as num, sum(den) as den, sum(n) as n
    from (${Prisma.join(parts, ' union all ')}) a group by 1 having sum(n) > 0`;
}
