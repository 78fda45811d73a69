import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, now, transact } from '@/lib/core';
import { movedOn, requireEditor } from './input';
import { loadTerm } from './load-term';

export const DeleteTermInput = z.object({
  term: z.string().min(1).max(100),
  rev: z.coerce.number().int(),
});
export type DeleteTermInput = z.input<typeof DeleteTermInput>;

/**
 * Takes a term out of the glossary and out of the search; its links are kept for who brings it back.
 * @returns what `restoreTerm` takes
 * @throws AppError not_found | forbidden | conflict
 */
export async function deleteTerm(ctx: Ctx, raw: DeleteTermInput): Promise<{ termId: string }> {
  const { term, rev } = DeleteTermInput.parse(raw);
  return transact(async (tx) => {
    const was = await loadTerm(ctx, tx, term);
    requireEditor(ctx, was);
    const { id, name, slug, definition, domainId } = was;
    const { count } = await tx.glossaryTerm.updateMany({
      where: { id, rev, deletedAt: null },
      data: { slug: null, deletedAt: now(), rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    audit(tx, ctx, {
      action: 'glossary.delete',
      target: { type: 'glossary_term', id },
      ...(domainId && { domainId }),
      detail: changed({ name, slug, definition }, null),
    });
    return { termId: id };
  });
}
