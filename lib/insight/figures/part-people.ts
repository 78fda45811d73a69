import { createHash } from 'node:crypto';
import { db, now, Prisma } from '@/lib/core';
import type { Window } from '../metrics/metric';
import type { FoundScope } from './scope';

const DAY_MS = 86_400_000;
/** What nobody asks for any more goes after so long, and what is asked for is added up anew. */
const KEPT_DAYS = 30;

interface Part {
  domainId: string;
  part: string;
}

/** Of domains of which somebody may not find everything, a name for what they may find. */
function partsOf(hidden: readonly { id: string; domainId: string }[]): Part[] {
  const byDomain = Map.groupBy(hidden, ({ domainId }) => domainId);
  return [...byDomain].map(([domainId, products]) => {
    const left = products.map(({ id }) => id).sort();
    const part = createHash('sha256')
      .update(JSON.stringify([domainId, left]))
      .digest('base64url');
    return { domainId, part };
  });
}

/**
 * Facts of people by domain, for who may not find everything: of whole domains what is kept, and of the others what they may
 * find, added up by day where it was not yet, or where the domain was read since.
 * @param whole the facts of whole domains
 */
export async function peopleByDomain(
  whole: Prisma.Sql,
  { hidden, where }: Pick<FoundScope, 'hidden' | 'where'>,
  windows: readonly Window[],
): Promise<Prisma.Sql> {
  const parts = partsOf((hidden ?? []).filter(({ isRead }) => isRead));
  if (parts.length === 0) return whole;
  const [names, domains] = [parts.map(({ part }) => part), parts.map(({ domainId }) => domainId)];
  const named = Prisma.sql`unnest(${names}::text[], ${domains}::text[]) n(part, "domainId")`;
  for (const { from, to } of windows)
    await db().$executeRaw`
      with due as materialized (select n.part, d."domainId", d.day, d.chunk, d."byOthers" as stamp
        from usage_domain_day d join ${named} on n."domainId" = d."domainId"
        left join usage_part_day x on x.part = n.part and x.day = d.day and x.chunk = d.chunk
        where d.day >= ${from} and d.day < ${to} and d."byOthers" > 0 and x.stamp is distinct from d."byOthers"),
      found as materialized (select p."domainId", u.day, u.chunk, sum(u."byOthers") as n, bit_or(u.readers) as readers
        from usage_day u join product p on p.id = u."productId"
        where u.day = any(array(select distinct day from due)) and u."byOthers" > 0
          and p."domainId" = any(${domains}::text[]) and ${where} group by 1, 2, 3)
      insert into usage_part_day as held (part, day, chunk, stamp, "byOthers", readers, "madeAt")
      select due.part, due.day, due.chunk, due.stamp, coalesce(f.n, 0), coalesce(f.readers, 0::bit(1024)), ${now()}
      from due left join found f on f."domainId" = due."domainId" and f.day = due.day and f.chunk = due.chunk
      order by 1, 2, 3
      on conflict (part, day, chunk) do update set stamp = excluded.stamp, "byOthers" = excluded."byOthers",
        readers = excluded.readers, "madeAt" = excluded."madeAt"`;
  const sides = windows.map(
    ({ from, to }) => Prisma.sql`
    select d.day as at, n."domainId", null::float8 as num, null::float8 as den, d."byOthers" as n, d.chunk, d.readers
    from ${named} join usage_part_day d on d.part = n.part
    where d.day >= ${from} and d.day < ${to} and d."byOthers" > 0
      and exists (select from usage_kept k where k."readersSince" <= d.day)`,
  );
  return Prisma.sql`select * from (${whole}) w where w."domainId" <> all(${domains}::text[])
    union all ${Prisma.join(sides, ' union all ')}`;
}

/** Forgets what was added up long ago. @returns how many rows */
export async function forgetParts(): Promise<number> {
  const { count } = await db().usagePartDay.deleteMany({
    where: { madeAt: { lt: new Date(now().getTime() - KEPT_DAYS * DAY_MS) } },
  });
  return count;
}
