import { raiseAlert } from '@/lib/alerts';
import { ctxForUser } from '@/lib/auth';
import { db, now, transact } from '@/lib/core';
import { newlyListed } from '../search';
import { queryOf } from './input';

const BATCH = 100;
/** A product may be committed so long after the instant that it carries; the alert's key keeps it told once. */
const LATE_MS = 120_000;

interface Due {
  id: string;
  userId: string;
  name: string;
  query: string;
  checkedAt: Date;
}

/**
 * Tells people of new products that match their saved searches, of those that they may find. Products are new when
 * they stop being drafts. @returns how many searches were looked at
 */
export async function tellOfMatches(): Promise<number> {
  const until = now();
  const due = await db().$queryRaw<Due[]>`
    select s.id, s."userId", s.name, s.query, s."checkedAt" from saved_search s
    join "user" u on u.id = s."userId" and u."disabledAt" is null
    where s."isTelling" and s."checkedAt" < (select max("listedAt") + interval '2 minutes' from product_search)
    order by s."checkedAt" limit ${BATCH}`;
  for (const search of due) await tell(search, until);
  return due.length;
}

async function tell(search: Due, until: Date): Promise<void> {
  const ctx = await ctxForUser(search.userId);
  const since = new Date(search.checkedAt.getTime() - LATE_MS);
  const entries = await newlyListed(ctx, queryOf(search.query), since);
  await transact(async (tx) => {
    const { count } = await tx.savedSearch.updateMany({
      where: { id: search.id, isTelling: true, checkedAt: search.checkedAt },
      data: { checkedAt: until },
    });
    // Another worker was here, or the person switched it off.
    if (count === 0) return;
    for (const { id, title, domain, domainTitle, name } of entries) {
      await raiseAlert(tx, {
        kind: 'search.matched',
        level: 'info',
        title: `${title} matches your saved search “${search.name}”`,
        body: `It is new in ${domainTitle}.`,
        href: `/products/${domain}/${name}`,
        to: { userIds: [search.userId] },
        productId: id,
        dedupeKey: `search:${search.id}:${id}`,
      });
    }
  });
}
