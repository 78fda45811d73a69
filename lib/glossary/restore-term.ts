import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, conflict, notFound, sqlState, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { requireEditor, slugTaken, termSlug } from './input';

export const RestoreTermInput = z.object({ termId: z.string().min(1).max(100) });
export type RestoreTermInput = z.input<typeof RestoreTermInput>;

/**
 * Brings a deleted term back, with its links and what it is read with.
 * @throws AppError not_found | forbidden | conflict (it is there, or another has its name by now)
 */
export async function restoreTerm(ctx: Ctx, raw: RestoreTermInput): Promise<{ slug: string }> {
  requireSignedIn(ctx, ['products:write']);
  const { termId: id } = RestoreTermInput.parse(raw);
  let name = '';
  try {
    return await transact(async (tx) => {
      const was = await tx.glossaryTerm.findUnique({ where: { id } });
      if (!was) throw notFound('This term');
      requireEditor(ctx, was);
      name = was.name;
      const slug = termSlug(name);
      const { count } = await tx.glossaryTerm.updateMany({
        where: { id, deletedAt: { not: null } },
        data: { slug, deletedAt: null, rev: { increment: 1 } },
      });
      if (count === 0) throw conflict('This term is in the glossary already.');
      audit(tx, ctx, {
        action: 'glossary.restore',
        target: { type: 'glossary_term', id },
        ...(was.domainId && { domainId: was.domainId }),
        detail: changed(null, { name, slug }),
      });
      return { slug };
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? slugTaken(name) : error;
  }
}
