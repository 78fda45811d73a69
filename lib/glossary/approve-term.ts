import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, now, requireCan, transact } from '@/lib/core';
import { movedOn, writerOf } from './input';
import { loadTerm } from './load-term';

export const ApproveTermInput = z.object({
  term: z.string().min(1).max(100),
  /** The one that was read: what is approved is what was seen. */
  rev: z.number().int(),
});
export type ApproveTermInput = z.input<typeof ApproveTermInput>;

/** A steward says that this is what the term means. @throws AppError not_found | forbidden | conflict */
export async function approveTerm(ctx: Ctx, raw: ApproveTermInput): Promise<void> {
  const { term, rev } = ApproveTermInput.parse(raw);
  await transact(async (tx) => {
    const { id, domainId, status } = await loadTerm(ctx, tx, term);
    requireCan(ctx, 'glossary.approve');
    if (status === 'approved') throw conflict('This term is approved already.');
    const { count } = await tx.glossaryTerm.updateMany({
      where: { id, rev, status: 'draft', deletedAt: null },
      data: { status: 'approved', approverId: writerOf(ctx), approvedAt: now(), rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    audit(tx, ctx, {
      action: 'glossary.approve',
      target: { type: 'glossary_term', id },
      ...(domainId && { domainId }),
      detail: changed({ status }, { status: 'approved' }),
    });
  });
}
