import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, db, notFound, now, sqlState, transact } from '@/lib/core';
import { nameTaken, ownerOf, QueryId, SavedQueryFields, sharedProducts } from './input';

export const UpdateQueryInput = QueryId.extend({
  /** The revision that the change was made on. */
  rev: z.int().min(1),
  ...SavedQueryFields.partial().shape,
});
export type UpdateQueryInput = z.input<typeof UpdateQueryInput>;

/**
 * Changes a saved query of one's own: its words, its statement, with whom it is shared.
 * @throws AppError not_found | forbidden | invalid | conflict (the name, or somebody saved since `rev`)
 */
export async function updateQuery(ctx: Ctx, raw: UpdateQueryInput): Promise<{ rev: number }> {
  const me = ownerOf(ctx);
  const { queryId, rev, ...patch } = UpdateQueryInput.parse(raw);
  const where = { id: queryId, userId: me.id, deletedAt: null };
  const found = await db().savedQuery.findFirst({ where });
  if (!found) throw notFound('This saved query of yours');
  const before = {
    ...{ name: found.name, description: found.description, sql: found.sql },
    domainId: found.domainId,
  };
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  const after = { ...before, ...(Object.fromEntries(given) as Partial<typeof before>) };
  const products = await sharedProducts(me, after.sql, after.domainId);
  try {
    await transact(async (tx) => {
      const { count } = await tx.savedQuery.updateMany({
        where: { ...where, rev },
        data: { ...after, products, rev: rev + 1, updatedAt: now() },
      });
      if (count === 0) {
        throw conflict('The query was changed in another window. Open it again, then change it.');
      }
      audit(tx, ctx, {
        action: 'query.update',
        target: { type: 'saved_query', id: queryId },
        ...(after.domainId && { domainId: after.domainId }),
        detail: { name: after.name, ...changed(before, after) },
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(after.name) : error;
  }
  return { rev: rev + 1 };
}
