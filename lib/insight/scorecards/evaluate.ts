import { db, now, Prisma, type Tx } from '@/lib/core';
import { CHECKS } from './checks/registry';
import { activeChecks, judgeCustom, type OwnCheck } from './custom/judge';
import { type Counted, type Results, type Standing, standingOf } from './levels';

export interface Judged extends Standing {
  productId: string;
  results: Results;
}

/** Products that have a scorecard: those that came out of their draft and are not retired. */
export const IS_SCORED = Prisma.sql`p.status not in ('draft', 'retired')`;

/** The built-in checks of products, all in one statement. */
async function builtIn(client: Tx, ids: readonly string[], at: Date) {
  const parts = CHECKS.map(
    ({ id, sql }) =>
      Prisma.sql`select ${id}::text as check, q.id, q.passes, q.why from (${sql(at)}) q`,
  );
  return client.$queryRaw<{ id: string; domainId: string; results: Results }[]>`
    with s as materialized (
      select p.id, p."domainId", p."ownerId", p.name, p.title, p.description, p.classification, p.status, p.version, p.tags,
        coalesce(nullif(p.documentation, ''), p.descriptor->'spec'->>'documentation', '') as text,
        p.descriptor->'spec' as spec
      from product p where p.id = any(${[...ids]}::text[]) and ${IS_SCORED}),
    r as (${Prisma.join(parts, ' union all ')})
    select s.id, s."domainId", jsonb_object_agg(r.check, jsonb_build_array(case when r.passes then 'pass' else 'fail' end, r.why)) as results
    from r join s on s.id = r.id group by s.id, s."domainId"`;
}

/** The checks that concern a product: the portal's, and the stewards' of the mesh and of its domain. */
export const checksFor = (own: readonly OwnCheck[], domainId: string): Counted[] => [
  ...CHECKS,
  ...own.filter((check) => check.domainId === null || check.domainId === domainId),
];

/**
 * What every check says of products now: one statement for the portal's own, three more for stewards' however many
 * products and checks they are. Products without a scorecard are left out. Asks nobody.
 */
export async function judgeProducts(
  ids: readonly string[],
  client: Tx = db(),
): Promise<{ judged: Judged[]; own: OwnCheck[] }> {
  const own = await activeChecks(client);
  const rows = await builtIn(client, ids, now());
  const custom = await judgeCustom(own, rows);
  const judged = rows.map(({ id, domainId, results: found }) => {
    const results = { ...found, ...custom.get(id) };
    return { productId: id, results, ...standingOf(checksFor(own, domainId), results) };
  });
  return { judged, own };
}
