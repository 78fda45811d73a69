import { db, Prisma } from '@/lib/core';
import type { FoundScope } from '../figures/scope';
import type { Finding } from './cells';

interface Domain {
  id: string;
  /** Most of it is hidden: `ids` are what may be found. Else they are what is hidden. */
  isFew: boolean;
  ids: string[] | null;
}

/** Which way is shorter for each domain: all of it less what is hidden, or what may be found. */
export async function findingOf(scope: FoundScope): Promise<Finding> {
  const { where, domainId } = scope;
  if (scope.productId || !(domainId || scope.hidden)) {
    const found = await db().$queryRaw<{ id: string }[]>`select p.id from product p where ${where}`;
    return { whole: [], hidden: [], found: found.map(({ id }) => id) };
  }
  const of = domainId ? Prisma.sql`p."domainId" = ${domainId}` : Prisma.sql`true`;
  const domains = await db().$queryRaw<Domain[]>`
    select x.id, x."isFew", case when x."isFew" then x.found else x.hidden end as ids from (
      select "domainId" as id, count(*) < 2 * count(*) filter (where not "isFound") as "isFew",
        array_agg(id) filter (where "isFound") as found, array_agg(id) filter (where not "isFound") as hidden
      from (select p.id, p."domainId", ${where} as "isFound" from product p where ${of}) p group by 1) x`;
  const idsOf = (isFew: boolean) =>
    domains.flatMap((one) => (one.isFew === isFew ? (one.ids ?? []) : []));
  const isAny = domains.some(({ isFew }) => isFew);
  const whole = domains.flatMap(({ id, isFew }) => (isFew ? [] : [id]));
  return { whole: isAny || domainId ? whole : null, hidden: idsOf(false), found: idsOf(true) };
}
