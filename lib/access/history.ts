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
  | 'narrowed'
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

/** A grant's history gets a row with its terms from now on; nothing of it is ever changed. */
export async function noteGrant(
  tx: Tx,
  ctx: Ctx,
  grant: GrantState & { id: string },
  kind: GrantChange,
  note = '',
): Promise<void> {
  const { id, permissions, purpose, expiresAt, terms } = grant;
  const state = { permissions, purpose, expiresAt: expiresAt?.toISOString() ?? null, terms };
  await tx.grantEvent.create({
    data: {
      ...{ id: newId(), grantId: id, kind, at: now(), byId: actorIdOf(ctx), note },
      state: state as object,
    },
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
