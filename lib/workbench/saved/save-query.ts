import type { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, newId, now, sqlState, transact } from '@/lib/core';
import { nameTaken, ownerOf, SavedQueryFields, sharedProducts } from './input';

const MAX_SAVED = 200;

export const SaveQueryInput = SavedQueryFields.extend({
  description: SavedQueryFields.shape.description.default(''),
  domainId: SavedQueryFields.shape.domainId.default(null),
});
export type SaveQueryInput = z.input<typeof SaveQueryInput>;

/** Keeps a statement under a name. @throws AppError forbidden | invalid | conflict (the name, or too many) */
export async function saveQuery(ctx: Ctx, raw: SaveQueryInput): Promise<{ queryId: string }> {
  const me = ownerOf(ctx);
  const input = SaveQueryInput.parse(raw);
  const products = await sharedProducts(me, input.sql, input.domainId);
  const queryId = newId();
  const at = now();
  try {
    await transact(async (tx) => {
      // Two windows of one person wait for each other here, so that the limit holds.
      await tx.$executeRaw`select 1 from "user" where id = ${me.id} for update`;
      if ((await tx.savedQuery.count({ where: { userId: me.id, deletedAt: null } })) >= MAX_SAVED) {
        throw conflict(`You keep ${MAX_SAVED} queries already. Delete one first.`);
      }
      const data = { id: queryId, userId: me.id, ...input, products };
      await tx.savedQuery.create({ data: { ...data, createdAt: at, updatedAt: at } });
      audit(tx, ctx, {
        action: 'query.save',
        target: { type: 'saved_query', id: queryId },
        ...(input.domainId && { domainId: input.domainId }),
        detail: changed(null, input),
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(input.name) : error;
  }
  return { queryId };
}
