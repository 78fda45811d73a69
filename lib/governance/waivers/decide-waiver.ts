import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  enqueueCheck,
  forbidden,
  notFound,
  now,
  precondition,
  requireCan,
  transact,
} from '@/lib/core';

export const DecideWaiverInput = z
  .object({
    waiverId: z.string().min(1).max(100),
    decision: z.enum(['approve', 'reject', 'revoke']),
    note: z.string().trim().max(500, 'Use at most 500 characters').default(''),
  })
  .refine(({ decision, note }) => decision === 'approve' || note.length > 0, {
    path: ['note'],
    error: 'Say why, so that the owner knows what to do',
  });
export type DecideWaiverInput = z.input<typeof DecideWaiverInput>;

const NEXT = {
  approve: { from: 'requested', to: 'approved' },
  reject: { from: 'requested', to: 'rejected' },
  revoke: { from: 'approved', to: 'revoked' },
} as const;

/**
 * A steward's decision; nobody decides on what they asked for themselves.
 * @throws AppError forbidden | not_found | conflict (decided meanwhile) | precondition (its day has passed)
 */
export async function decideWaiver(ctx: Ctx, raw: DecideWaiverInput): Promise<void> {
  const { waiverId, decision, note } = DecideWaiverInput.parse(raw);
  await transact(async (tx) => {
    const waiver = await tx.waiver.findUnique({
      where: { id: waiverId },
      include: { product: { select: { title: true, domainId: true, ownerId: true } } },
    });
    if (!waiver) throw notFound('This waiver');
    requireCan(ctx, 'waiver.decide');
    const me = ctx.actor.type === 'user' ? ctx.actor.id : null;
    if (decision === 'approve' && me !== null && me === waiver.requestedById) {
      throw forbidden('You asked for this waiver yourself. Another steward decides on it.');
    }
    if (decision === 'approve' && waiver.expiresAt <= now()) {
      throw precondition('Its last day has passed. It has to be asked for anew.');
    }
    const { from, to } = NEXT[decision];
    const { count } = await tx.waiver.updateMany({
      where: { id: waiverId, status: from },
      data: { status: to, decidedById: me, decidedAt: now(), decisionNote: note },
    });
    if (count === 0) throw conflict(`This waiver is ${waiver.status}. Reload the page.`);
    const { productId, product, ruleId } = waiver;
    const place = {
      ...(productId && { productId }),
      ...(product && { domainId: product.domainId }),
    };
    audit(tx, ctx, {
      action: `waiver.${decision}`,
      target: { type: 'waiver', id: waiverId },
      ...place,
      detail: { rule: ruleId, note, before: { status: from }, after: { status: to } },
    });
    await raiseAlert(tx, {
      kind: 'waiver.decided',
      level: decision === 'approve' ? 'info' : 'warning',
      title: `${product?.title ?? 'Your draft'}: the waiver of ${ruleId} was ${to}`,
      body: note,
      href: '/governance/waivers',
      to: { userIds: [waiver.ownerId, waiver.requestedById ?? [], product?.ownerId ?? []].flat() },
      ...place,
      dedupeKey: `waiver.decided:${waiverId}:${to}`,
    });
    if (productId && decision !== 'reject') await enqueueCheck(tx, productId);
  });
}
