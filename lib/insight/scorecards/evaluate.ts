import { db, now, Prisma, type Tx } from '@/lib/core';
import { CHECKS } from './checks/registry';
import { activeChecks, judgeCustom, type OwnCheck } from './custom/judge';
import { scoredProducts } from './custom/verdicts';
import { type Counted, type Results, type Standing, standingOf } from './levels';

export interface Judged extends Standing {
  productId: string;
  results: Results;
}

/** Products that have a scorecard: those that came out of their draft and are not retired. */
export const IS_SCORED = Prisma.sql`p.status not in ('draft', 'retired')`;

/** All checks of products, in one statement: the portal's computed, and the stewards' as they were found. */
function allResults(ids: readonly string[], own: ReadonlyMap<string, Results>, at: Date) {
  const parts = CHECKS.map(
    ({ id, sql }, n) =>
      Prisma.sql`select ${n}::int as n, ${id}::text as check, q.id, q.passes, q.why from (${sql(at)}) q`,
  );
  return Prisma.sql`
    with s as materialized (
      select p.id, p."domainId", p."ownerId", p.name, p.title, p.description, p.classification, p.status, p.version, p.tags,
        coalesce(nullif(p.documentation, ''), p.descriptor->'spec'->>'documentation', '') as text,
        p.descriptor->'spec' as spec
      from product p where p.id = any(${[...ids]}::text[]) and ${IS_SCORED}),
    own as materialized (select o.key as id, o.value as results from jsonb_each(${JSON.stringify(Object.fromEntries(own))}::jsonb) o),
    r as (${Prisma.join(parts, ' union all ')}),
    found as (select r.id, jsonb_object_agg(r.check, jsonb_build_array(case when r.passes then 'pass' else 'fail' end, r.why)) as results,
      bit_or(case when r.passes then 1::bigint << r.n else 0 end) as passing from r group by r.id),
    judged as (select s.id, s."domainId", f.passing, f.results || coalesce(o.results, '{}') as results
      from s join found f on f.id = s.id left join own o on o.id = s.id)`;
}

/** The checks that concern a product: the portal's, and the stewards' of the mesh and of its domain. */
export const checksFor = (own: readonly OwnCheck[], domainId: string): Counted[] => [
  ...CHECKS,
  ...own.filter((check) => check.domainId === null || check.domainId === domainId),
];

async function ownResults(client: Tx, ids: readonly string[]) {
  const own = await activeChecks(client);
  if (own.length === 0) return { own, custom: new Map<string, Results>() };
  return { own, custom: await judgeCustom(own, await scoredProducts(client, ids, IS_SCORED)) };
}

/**
 * What every check says of products now: one statement for the portal's own, a few more for stewards' however many
 * products and checks they are. Products without a scorecard are left out. Asks nobody.
 */
export async function judgeProducts(
  ids: readonly string[],
  client: Tx = db(),
): Promise<{ judged: Judged[]; own: OwnCheck[] }> {
  const { own, custom } = await ownResults(client, ids);
  const rows = await client.$queryRaw<{ id: string; domainId: string; results: Results }[]>`
    ${allResults(ids, custom, now())} select id, "domainId", results from judged`;
  const judged = rows.map(({ id, domainId, results }) => ({
    ...{ productId: id, results, ...standingOf(checksFor(own, domainId), results) },
  }));
  return { judged, own };
}

interface Compared extends Standing {
  id: string;
  domainId: string;
  /** Null: they are as recorded, word for word. */
  results: Results | null;
  /** The bits of CHECKS that pass. */
  passing: bigint;
}

/**
 * The same, of those products alone whose scorecard is not what was recorded: what is as it was leaves the database as
 * one number. The caller holds the lock of recordings.
 */
export async function judgeChanged(ids: readonly string[], tx: Tx): Promise<Judged[]> {
  const { own, custom } = await ownResults(tx, ids);
  const rows = await tx.$queryRaw<Compared[]>`
    ${allResults(ids, custom, now())}
    select j.id, j."domainId", j.passing, c.level, c.score, c.levels,
      case when c.results is distinct from j.results then j.results end as results
    from judged j left join scorecard c on c."productId" = j.id`;
  const judged: Judged[] = [];
  const stale: Compared[] = [];
  for (const row of rows) {
    const { id, domainId, results } = row;
    const states = results ?? { ...statesOf(row.passing), ...custom.get(id) };
    const standing = standingOf(checksFor(own, domainId), states);
    if (results) judged.push({ productId: id, results, ...standing });
    else if (differs(row, standing)) stale.push({ ...row, ...standing });
  }
  return [...judged, ...(await withResults(tx, stale))];
}

const statesOf = (passing: bigint): Results =>
  Object.fromEntries(
    CHECKS.map(({ id }, n) => [id, [(passing >> BigInt(n)) & 1n ? 'pass' : 'fail', '']]),
  );

export const differs = (was: Standing, next: Standing): boolean =>
  was.level !== next.level ||
  was.score !== next.score ||
  was.levels.some((level, at) => level !== next.levels[at]);

/** The same results count otherwise: a check has another level or property. */
async function withResults(tx: Tx, stale: readonly Compared[]): Promise<Judged[]> {
  if (stale.length === 0) return [];
  const rows = await tx.scorecard.findMany({
    where: { productId: { in: stale.map(({ id }) => id) } },
    select: { productId: true, results: true },
  });
  const kept = new Map(rows.map((row) => [row.productId, row.results as unknown as Results]));
  return stale.map(({ id, level, score, levels }) => ({
    ...{ productId: id, level, score, levels, results: kept.get(id)! },
  }));
}
