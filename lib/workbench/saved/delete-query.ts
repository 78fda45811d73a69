import { audit } from '@/lib/audit';
import { type Ctx, db, notFound, now, sqlState, transact } from '@/lib/core';
import { nameTaken, ownerOf, QueryId } from './input';

/** How long a query that was thrown away can be brought back. */
const KEPT_MS = 7 * 86_400_000;

/** Throws a saved query of one's own away; `restoreQuery` brings it back. @throws AppError not_found */
export async function deleteQuery(ctx: Ctx, raw: QueryId): Promise<{ queryId: string }> {
  return setDeleted(ctx, raw, true);
}

/** @throws AppError not_found | conflict when a query of that name was saved meanwhile */
export async function restoreQuery(ctx: Ctx, raw: QueryId): Promise<{ queryId: string }> {
  return setDeleted(ctx, raw, false);
}

async function setDeleted(ctx: Ctx, raw: QueryId, isDeleted: boolean) {
  const me = ownerOf(ctx);
  const { queryId } = QueryId.parse(raw);
  const deletedAt = isDeleted ? null : { not: null };
  const found = await db().savedQuery.findFirst({
    where: { id: queryId, userId: me.id, deletedAt },
    select: { name: true, domainId: true },
  });
  if (!found) throw notFound('This saved query of yours');
  try {
    await transact(async (tx) => {
      const { count } = await tx.savedQuery.updateMany({
        where: { id: queryId, userId: me.id, deletedAt },
        data: { deletedAt: isDeleted ? now() : null },
      });
      if (count === 0) throw notFound('This saved query of yours');
      audit(tx, ctx, {
        action: isDeleted ? 'query.delete' : 'query.restore',
        target: { type: 'saved_query', id: queryId },
        ...(found.domainId && { domainId: found.domainId }),
        detail: { name: found.name },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(found.name) : error;
  }
  return { queryId };
}

/** A chore: what was thrown away some days ago goes for good. */
export async function removeDeletedQueries(): Promise<number> {
  const before = new Date(now().getTime() - KEPT_MS);
  const { count } = await db().savedQuery.deleteMany({ where: { deletedAt: { lt: before } } });
  return count;
}
