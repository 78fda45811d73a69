import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  invalid,
  newId,
  notFound,
  now,
  requireCan,
  transact,
} from '@/lib/core';

export const PlaceHoldInput = z.object({
  /** `domain/product`, or a domain alone. */
  what: z
    .string()
    .trim()
    .regex(/^[\w-]+(\/[\w-]+)?$/, 'Write domain/product, or a domain alone'),
  reason: z.string().trim().min(10, 'Say why in at least ten letters').max(500),
  reference: z.string().trim().max(100).default(''),
});
export type PlaceHoldInput = z.input<typeof PlaceHoldInput>;

/** From now on nothing of it is erased or deleted by retention. @throws AppError forbidden | invalid */
export async function placeHold(ctx: Ctx, raw: PlaceHoldInput): Promise<{ holdId: string }> {
  requireCan(ctx, 'hold.manage');
  const { what, reason, reference } = PlaceHoldInput.parse(raw);
  const [domainName = '', productName] = what.split('/');
  return transact(async (tx) => {
    const domain = await tx.domain.findUnique({ where: { name: domainName } });
    const product = productName
      ? await tx.product.findFirst({ where: { name: productName, domainId: domain?.id ?? '' } })
      : null;
    if (!domain || (productName && !product)) {
      const message = `There is no ${what}.`;
      throw invalid(message, { what: message });
    }
    const holdId = newId();
    await tx.legalHold.create({
      data: {
        id: holdId,
        ...(product ? { productId: product.id } : { domainId: domain.id }),
        reason,
        reference,
        placedById: ctx.actor.type === 'user' ? ctx.actor.id : 'system',
        createdAt: now(),
      },
    });
    const place = { domainId: domain.id, ...(product && { productId: product.id }) };
    audit(tx, ctx, {
      action: 'hold.place',
      target: { type: 'legal_hold', id: holdId },
      ...place,
      detail: { name: what, ...changed(null, { reason, reference }) },
    });
    await raiseAlert(tx, {
      kind: 'hold.changed',
      level: 'info',
      title: `${what} is under a legal hold`,
      href: '/governance/privacy/holds',
      to: { adminsOfDomains: [domain.id], userIds: product ? [product.ownerId] : [] },
      ...place,
    });
    return { holdId };
  });
}

export const ReleaseHoldInput = z.object({
  holdId: z.string().min(1).max(100),
  note: z.string().trim().min(3, 'Say why it ends').max(500),
});
export type ReleaseHoldInput = z.input<typeof ReleaseHoldInput>;

export async function releaseHold(ctx: Ctx, raw: ReleaseHoldInput): Promise<void> {
  requireCan(ctx, 'hold.manage');
  const { holdId, note } = ReleaseHoldInput.parse(raw);
  await transact(async (tx) => {
    const hold = await tx.legalHold.findUnique({ where: { id: holdId } });
    if (!hold) throw notFound('This hold');
    const { count } = await tx.legalHold.updateMany({
      where: { id: holdId, releasedAt: null },
      data: {
        releasedAt: now(),
        releasedById: ctx.actor.type === 'user' ? ctx.actor.id : null,
        releaseNote: note,
      },
    });
    if (count === 0) throw conflict('This hold was released already.');
    audit(tx, ctx, {
      action: 'hold.release',
      target: { type: 'legal_hold', id: holdId },
      ...(hold.productId && { productId: hold.productId }),
      ...(hold.domainId && { domainId: hold.domainId }),
      detail: { note, ...changed({ reason: hold.reason, reference: hold.reference }, null) },
    });
  });
}
