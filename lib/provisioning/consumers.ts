import { now, pool } from '@/lib/core';

const RECENT_DAYS = 30;

/**
 * Whom a change of a product concerns: holders of grants, people who read it in the last 30 days, and owners of
 * products that read it. The product's own owner is not among them.
 */
const CONSUMERS = `select distinct c."userId" from (
    select "subjectId" as "userId" from "grant"
      where "productId" = $1 and "revokedAt" is null and ("expiresAt" is null or "expiresAt" > $2)
    union all
    select "actorId" from usage_event where "productId" = $1 and at > $3 and "actorId" is not null
    union all
    select d."ownerId" from product_input i join product d on d.id = i."productId"
      where i."sourceId" = $1 and d.status not in ('draft', 'retired')) c
  join "user" u on u.id = c."userId" and u."disabledAt" is null
  where c."userId" <> (select "ownerId" from product where id = $1)
  order by 1 limit 10000`;

/** @returns ids of people */
export async function consumersOf(productId: string): Promise<string[]> {
  const at = now();
  const recent = new Date(at.getTime() - RECENT_DAYS * 86_400_000);
  const { rows } = await pool().query<{ userId: string }>(CONSUMERS, [productId, at, recent]);
  return rows.map((row) => row.userId);
}
