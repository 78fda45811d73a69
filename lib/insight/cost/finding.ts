import { db, Prisma } from '@/lib/core';
import type { FoundScope } from '../figures/scope';
import type { Finding } from './cells';

/** Which way is shorter for each domain: all of it less what is hidden, or what may be found. */
export async function findingOf(scope: FoundScope): Promise<Finding> {
  const { where, domainId } = scope;
  if (scope.productId || !(domainId || scope.inPart))
    return { whole: [], hidden: null, found: where, where };
  const domains = await db().$queryRaw<{ id: string; hidden: number; found: number }[]>`
    select p."domainId" as id, count(*) filter (where not (${where}))::int as hidden, count(*) filter (where ${where})::int as found
    from product p where ${domainId ? Prisma.sql`p."domainId" = ${domainId}` : Prisma.sql`true`} group by 1`;
  const of = (which: (one: (typeof domains)[number]) => boolean) =>
    domains.filter(which).map(({ id }) => id);
  const some = of(({ hidden, found }) => hidden > 0 && hidden <= found);
  const few = of(({ hidden, found }) => hidden > found);
  const inOnes = (ids: string[], condition: Prisma.Sql) =>
    ids.length > 0 ? Prisma.sql`p."domainId" = any(${ids}::text[]) and ${condition}` : null;
  return {
    whole: few.length > 0 || domainId ? of(({ hidden, found }) => hidden <= found) : null,
    hidden: inOnes(some, Prisma.sql`not (${where})`),
    found: inOnes(few, where),
    where,
  };
}
