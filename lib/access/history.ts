import { type Ctx, newId, now, type Tx } from '@/lib/core';

const actorIdOf = (ctx: Ctx): string | null => (ctx.actor.type === 'user' ? ctx.actor.id : null);

interface GrantState {
  permissions: string[];
  purpose: string;
  expiresAt: Date | null;
  terms: unknown;
}
type GrantChange =
  | 'granted'
  | 'checked'
  | 'changed'
  | 'renewed'
  | 'reviewed'
  | 'revoked'
  | 'undone'
  | 'expired';
type ItemChange =
  | 'sent'
  | 'question'
  | 'answer'
  | 'approved'
  | 'refused'
  | 'withdrawn'
  | 'active'
  | 'failed'
  | 'reminded'
  | 'escalated';

type Changed = GrantState & { id: string };

/** A grant's history gets a row with its terms from now on; nothing of it is ever changed. */
export const noteGrant = (tx: Tx, ctx: Ctx, grant: Changed, kind: GrantChange, note = '') =>
  noteGrants(tx, ctx, [grant], kind, note);

/** The same for some grants at once. */
export async function noteGrants(
  tx: Tx,
  ctx: Ctx,
  grants: readonly Changed[],
  kind: GrantChange,
  note = '',
): Promise<void> {
  await tx.grantEvent.createMany({
    data: grants.map(({ id, permissions, purpose, expiresAt, terms }) => ({
      ...{ id: newId(), grantId: id, kind, at: now(), byId: actorIdOf(ctx), note },
      state: { permissions, purpose, expiresAt: expiresAt?.toISOString() ?? null, terms } as object,
    })),
  });
}

/** The same for one line of a request. */
export async function noteItem(
  tx: Tx,
  ctx: Ctx,
  itemId: string,
  kind: ItemChange,
  note = '',
): Promise<void> {
  await tx.accessRequestEvent.create({
    data: { id: newId(), itemId, kind, at: now(), byId: actorIdOf(ctx), note },
  });
}
