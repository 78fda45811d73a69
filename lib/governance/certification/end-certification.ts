import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, systemCtx, type Tx, transact } from '@/lib/core';
import { certifiable, dayOf, stewardOf, tell } from './place';

interface Ended {
  ctx: Ctx;
  endedAt: Date;
  endedBy: 'expired' | 'withdrawn' | 'new_version' | 'left_production';
  reason: string;
  words: string;
}
interface Standing {
  id: string;
  productId: string;
  certifiedById: string;
}

/** Writes the end beside what was said, once, and tells of it. @returns whether this call did it */
async function close(tx: Tx, row: Standing, ended: Ended): Promise<boolean> {
  const { ctx, endedAt, endedBy, reason, words } = ended;
  const { count } = await tx.certification.updateMany({
    where: { id: row.id, endedAt: null },
    data: {
      ...{ endedAt, endedBy, endReason: reason },
      enderId: ctx.actor.type === 'user' ? ctx.actor.id : null,
    },
  });
  if (count === 0) return false;
  const { domainId } = await tx.product.findUniqueOrThrow({
    where: { id: row.productId },
    select: { domainId: true },
  });
  audit(tx, ctx, {
    action: endedBy === 'withdrawn' ? 'certification.withdraw' : 'certification.end',
    target: { type: 'certification', id: row.id },
    ...{ productId: row.productId, domainId },
    detail: { reason, endedBy },
  });
  await tell(tx, row, { kind: 'certification.ended', level: 'warning', words, body: reason });
  return true;
}

/** Its day has passed: the badge went by itself, this says so. */
export const lapse = (tx: Tx, row: Standing & { until: Date }): Promise<boolean> =>
  close(tx, row, {
    ctx: systemCtx('certifications'),
    endedAt: row.until,
    endedBy: 'expired',
    reason: '',
    words: `its certification ran out on ${dayOf(row.until)}`,
  });

export const WithdrawCertificationInput = z.object({
  certificationId: z.string().min(1).max(100),
  reason: z
    .string()
    .trim()
    .min(10, 'Say in a sentence why it can be relied on no more')
    .max(1000, 'Use at most 1,000 characters'),
});
export type WithdrawCertificationInput = z.input<typeof WithdrawCertificationInput>;

/** A steward takes a certification back. @throws AppError not_found | forbidden | conflict */
export async function withdrawCertification(
  ctx: Ctx,
  raw: WithdrawCertificationInput,
): Promise<void> {
  const { certificationId, reason } = WithdrawCertificationInput.parse(raw);
  await transact(async (tx) => {
    const row = await tx.certification.findUnique({ where: { id: certificationId } });
    if (!row) throw notFound('This certification');
    await certifiable(ctx, row.productId);
    stewardOf(ctx);
    const isStanding = row.until > now();
    const words = 'its certification was withdrawn';
    const ended = { ctx, endedAt: now(), endedBy: 'withdrawn' as const, reason, words };
    if (!isStanding || !(await close(tx, row, ended))) {
      throw conflict('This certification is over already. Reload the page.');
    }
  });
}

/** What happened to a product ends what was said of it; called in the transaction of what happened. */
export async function endCertification(
  tx: Tx,
  productId: string,
  endedBy: 'new_version' | 'left_production',
  reason: string,
): Promise<void> {
  const row = await tx.certification.findFirst({ where: { productId, endedAt: null } });
  if (!row) return;
  if (row.until <= now()) {
    await lapse(tx, row);
    return;
  }
  const words = 'its certification has ended';
  const ctx = systemCtx('certifications');
  await close(tx, row, { ctx, endedAt: now(), endedBy, reason, words });
}
