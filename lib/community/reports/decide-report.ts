import { z } from 'zod';
import { raiseAlert } from '@/lib/alerts';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, notFound, now, requireCan, type Tx, transact } from '@/lib/core';
import { thoseWhoMayFind } from '@/lib/governance';
import { textOf } from '@/lib/specs';
import { rateProduct } from '../reviews/rate-product';
import { type Reportable, setHidden, type Target, targetOf } from './target';

export const DecideReportInput = z.object({
  reportId: z.string().min(1).max(100),
  decision: z.enum(['hide', 'keep']),
  /** Told to the author when it is hidden, and to who reported it. */
  note: textOf(1000, 5, 'Say why, for those who are told'),
});
export type DecideReportInput = z.input<typeof DecideReportInput>;

const STATUS = { hide: 'hidden', keep: 'kept' } as const;

/**
 * A steward hides a text or lets it stand, and may decide anew later. Every report of the text is decided with it.
 * @throws AppError not_found | forbidden | conflict when it was decided so already
 */
export async function decideReport(ctx: Ctx, raw: DecideReportInput): Promise<void> {
  requireCan(ctx, 'community.moderate');
  const { reportId, decision, note } = DecideReportInput.parse(raw);
  await transact(async (tx) => {
    const report = await tx.contentReport.findUnique({
      where: { id: reportId },
      include: { product: { select: { title: true, domainId: true } } },
    });
    if (!report) throw notFound('This report');
    const kind = report.kind as Reportable;
    const target = await targetOf(tx, kind, report.targetId);
    if (!target) throw conflict('The text was withdrawn meanwhile, so there is nothing to decide.');
    const status = STATUS[decision];
    const decided = await tx.contentReport.updateManyAndReturn({
      where: { kind, targetId: target.id, status: { not: status } },
      data: {
        ...{ status, note, decidedAt: now() },
        deciderId: ctx.actor.type === 'user' ? ctx.actor.id : null,
      },
    });
    if (decided.length === 0) throw conflict('It was decided so already.');
    await setHidden(tx, kind, target.id, decision === 'hide' ? now() : null);
    if (kind === 'review') await rateProduct(tx, report.productId);
    audit(tx, ctx, {
      action: `report.${decision}`,
      target: { type: kind, id: target.id },
      productId: report.productId,
      domainId: report.product.domainId,
      detail: {
        note,
        ...changed({ isHidden: target.hiddenAt !== null }, { isHidden: decision === 'hide' }),
      },
    });
    const reporters = decided.map((one) => one.reporterId);
    await tell(
      tx,
      { ...report.product, productId: report.productId },
      { kind, target, decision, note, reporters },
    );
  });
}

async function tell(
  tx: Tx,
  product: { title: string; domainId: string; productId: string },
  of: {
    kind: Reportable;
    target: Target;
    decision: 'hide' | 'keep';
    note: string;
    reporters: string[];
  },
): Promise<void> {
  const { kind, target, decision, note, reporters } = of;
  const { title, productId, domainId } = product;
  const common = {
    kind: 'report.decided',
    level: 'info',
    body: note,
    productId,
    domainId,
  } as const;
  const outcome = decision === 'hide' ? 'was hidden by a steward' : 'stands, a steward decided';
  await raiseAlert(tx, {
    ...common,
    title: `The ${kind} about ${title} that you reported ${outcome}`,
    to: { userIds: await thoseWhoMayFind(tx, productId, reporters) },
  });
  if (decision === 'keep' && !target.hiddenAt) return;
  const author = [target.authorId].filter((id) => !reporters.includes(id));
  await raiseAlert(tx, {
    ...common,
    title: `Your ${kind} about ${title} ${decision === 'hide' ? 'was hidden by a steward' : 'stands again'}`,
    to: { userIds: await thoseWhoMayFind(tx, productId, author) },
  });
}
