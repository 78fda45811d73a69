import { z } from 'zod';
import { audit } from '@/lib/audit';
import { requireUser } from '@/lib/auth';
import { type Ctx, can, db, forbidden, invalid, newId, now, type Tx, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';

export const SetDeputyInput = z.object({
  email: z.string().trim().toLowerCase().pipe(z.email('Type an e-mail address')),
  until: z
    .union([
      z.date(),
      z.iso.datetime({ offset: true, error: 'Use a time such as 2026-12-31T23:59:59Z' }),
    ])
    .transform((value) => new Date(value)),
});
export type SetDeputyInput = z.input<typeof SetDeputyInput>;

/** While the actor is away, somebody else decides on requests for their products. One at a time. */
export async function setDeputy(ctx: Ctx, raw: SetDeputyInput): Promise<{ deputyId: string }> {
  const { email, until } = SetDeputyInput.parse(raw);
  requireSignedIn(ctx, ['products:write']);
  const me = requireUser(ctx);
  return transact(async (tx) => {
    const deputy = await tx.user.findUnique({ where: { email } });
    const refuse = (field: string, message: string) => invalid(message, { [field]: message });
    if (!deputy || deputy.disabledAt) throw refuse('email', `Nobody active signs in as ${email}.`);
    if (deputy.id === me.id) throw refuse('email', 'Name somebody else than yourself.');
    if (until <= now()) throw refuse('until', 'Choose a date to come');
    await tx.accessDeputy.updateMany({
      where: { ownerId: me.id, endedAt: null },
      data: { endedAt: now() },
    });
    const id = newId();
    await tx.accessDeputy.create({
      data: { id, ownerId: me.id, deputyId: deputy.id, until, createdAt: now() },
    });
    audit(tx, ctx, {
      action: 'access.deputy',
      target: { type: 'access_deputy', id },
      detail: { deputy: email, until: until.toISOString() },
    });
    return { deputyId: id };
  });
}

/** The actor is back; whoever has no deputy is back already. */
export async function endDeputy(ctx: Ctx): Promise<void> {
  requireSignedIn(ctx, ['products:write']);
  const me = requireUser(ctx);
  await transact(async (tx) => {
    const { count } = await tx.accessDeputy.updateMany({
      where: { ownerId: me.id, endedAt: null },
      data: { endedAt: now() },
    });
    if (count === 0) return;
    audit(tx, ctx, {
      action: 'access.deputy.end',
      target: { type: 'user', id: me.id },
      detail: {},
    });
  });
}

/** Whoever may not sign in any more has nobody who decides for them. */
const inForce = () => ({ endedAt: null, until: { gt: now() }, owner: { disabledAt: null } });

/** Who decides in the owner's place now. */
export async function deputiesOf(tx: Tx, ownerId: string): Promise<string[]> {
  const rows = await tx.accessDeputy.findMany({
    where: { ownerId, ...inForce() },
    select: { deputyId: true },
  });
  return rows.map((row) => row.deputyId);
}

/** Whose requests the person decides on while those are away. */
export async function ownersAway(deputyId: string): Promise<string[]> {
  const rows = await db().accessDeputy.findMany({
    where: { deputyId, ...inForce() },
    select: { ownerId: true },
  });
  return rows.map((row) => row.ownerId);
}

/** @throws AppError forbidden unless the actor manages the product's grants or stands in for its owner */
export async function requireDecider(
  ctx: Ctx,
  product: { domainId: string; ownerId: string },
): Promise<void> {
  requireSignedIn(ctx, ['products:write']);
  if (can(ctx, 'grant.manage', product)) return;
  const me = requireUser(ctx);
  if ((await ownersAway(me.id)).includes(product.ownerId)) return;
  throw forbidden('The product’s owner, their deputy and the domain’s data admins decide on this.');
}

/** Nobody decides on their own access, whatever gives them the right to decide. @throws AppError forbidden */
export function refuseOwn(ctx: Ctx, holderId: string): void {
  if (ctx.actor.type !== 'user' || ctx.actor.id !== holderId) return;
  throw forbidden('This is access of your own. The owner or another data admin decides on it.');
}
