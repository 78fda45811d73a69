import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueueCheck,
  invalid,
  newId,
  notFound,
  notify,
  now,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';
import { noteGrant } from '../history';

const REVIEW_DAYS = 180;
/** When the owner is asked next whether a grant is still right. */
export const nextReview = (): Date => new Date(now().getTime() + REVIEW_DAYS * 86_400_000);

export const GrantAccessInput = z.object({
  productId: z.string().min(1).max(100),
  email: z
    .string()
    .trim()
    .toLowerCase()
    .pipe(z.email('Type the e-mail address the person signs in with')),
  permissions: z
    .array(z.enum(['read', 'write']))
    .min(1)
    .max(2)
    .default(['read'])
    .transform((all) => [...new Set(all)]),
  purpose: z
    .string()
    .trim()
    .min(3, 'Say what the data is for, in at least three letters')
    .max(500, 'Use at most 500 characters'),
  /** The grant's last moment; without it the grant holds until it is revoked. */
  expiresAt: z
    .union([
      z.date(),
      z.iso.datetime({ offset: true, error: 'Use a time such as 2026-12-31T23:59:59Z' }),
    ])
    .transform((value) => new Date(value))
    .optional(),
});
export type GrantAccessInput = z.input<typeof GrantAccessInput>;

/**
 * Lets one person reach one product for a stated purpose.
 * @throws AppError invalid with a message per field; conflict when the person holds a grant already
 */
export async function grantAccess(ctx: Ctx, raw: GrantAccessInput): Promise<{ grantId: string }> {
  const input = GrantAccessInput.parse(raw);
  return transact(async (tx) => {
    const product = await lockProduct(tx, input.productId);
    requireCan(ctx, 'grant.manage', { domainId: product.domainId, ownerId: product.ownerId });
    if (product.status === 'retired') {
      throw precondition('This product is retired: nobody can be let in any more.');
    }
    if (input.expiresAt && input.expiresAt <= now()) {
      throw invalid('The end date lies in the past.', { expiresAt: 'Choose a date to come' });
    }
    const subject = await subjectOf(tx, ctx, input.email, product.ownerId);
    await refuseSecond(tx, product.id, subject.id, input.email);
    const grantId = newId();
    const { permissions, purpose, expiresAt } = input;
    const grant = await tx.grant.create({
      data: {
        id: grantId,
        productId: product.id,
        subjectId: subject.id,
        permissions,
        purpose,
        expiresAt: expiresAt ?? null,
        grantedById: ctx.actor.type === 'user' ? ctx.actor.id : 'system',
        createdAt: now(),
        reviewAt: nextReview(),
      },
    });
    await noteGrant(tx, ctx, grant, 'granted');
    audit(tx, ctx, {
      action: 'access.grant',
      target: { type: 'grant', id: grantId },
      productId: product.id,
      domainId: product.domainId,
      detail: {
        subject: input.email,
        purpose,
        ...changed(null, { permissions, purpose, expiresAt: expiresAt ?? null }),
      },
    });
    await notify(tx, 'portolan_access', product.id);
    await enqueueCheck(tx, product.id);
    return { grantId };
  });
}

/** Two grants of one product wait for each other, so that a person never holds two. */
async function lockProduct(tx: Tx, id: string) {
  await tx.$queryRaw`select 1 from product where id = ${id} for update`;
  const product = await tx.product.findUnique({
    where: { id },
    select: { id: true, domainId: true, ownerId: true, status: true },
  });
  if (!product) throw notFound('This product');
  return product;
}

async function subjectOf(tx: Tx, ctx: Ctx, email: string, ownerId: string) {
  const subject = await tx.user.findUnique({
    where: { email },
    select: { id: true, disabledAt: true },
  });
  const refuse = (message: string) => invalid(message, { email: message });
  if (!subject)
    throw refuse(`Nobody signs in as ${email}. Check the address, or invite the person.`);
  if (subject.disabledAt) throw refuse(`The account of ${email} is disabled.`);
  if (subject.id === ownerId) throw refuse(`${email} owns this product and needs no grant.`);
  if (ctx.actor.type === 'user' && subject.id === ctx.actor.id) {
    throw refuse('You cannot grant access to yourself. Ask another data admin or the owner.');
  }
  return subject;
}

async function refuseSecond(tx: Tx, productId: string, subjectId: string, email: string) {
  const held = await tx.grant.findFirst({
    where: {
      productId,
      ...{ subjectId, teamId: null, readerId: null },
      revokedAt: null,
      OR: [{ expiresAt: null }, { expiresAt: { gt: now() } }],
    },
    select: { id: true },
  });
  if (!held) return;
  const message = `${email} holds a grant already. Revoke it first to give another.`;
  throw conflict(message, { fields: { email: message }, grantId: held.id });
}
