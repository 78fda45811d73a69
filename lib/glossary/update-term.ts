import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, can, sqlState, transact } from '@/lib/core';
import { movedOn, namedBy, relate, requireEditor, slugTaken, TermFields, termSlug } from './input';
import { loadTerm } from './load-term';

export const UpdateTermInput = TermFields.extend({
  term: z.string().min(1).max(100),
  /** The one that was read. */
  rev: z.number().int(),
});
export type UpdateTermInput = z.input<typeof UpdateTermInput>;

/**
 * Writes a term anew. What somebody other than a steward changes is a draft again.
 * @throws AppError not_found | forbidden | invalid | conflict (the name, or somebody was faster)
 */
export async function updateTerm(ctx: Ctx, raw: UpdateTermInput): Promise<{ slug: string }> {
  const { term, rev, ...fields } = UpdateTermInput.parse(raw);
  const { name, definition, synonyms } = fields;
  const slug = termSlug(name);
  try {
    await transact(async (tx) => {
      const was = await loadTerm(ctx, tx, term);
      requireEditor(ctx, was);
      const { relatedIds, ...named } = await namedBy(tx, fields, was.ownerId);
      if (named.domainId !== was.domainId) requireEditor(ctx, { domainId: named.domainId });
      const isApproved = was.status === 'approved' && can(ctx, 'glossary.approve');
      const status = isApproved ? 'approved' : 'draft';
      const { count } = await tx.glossaryTerm.updateMany({
        where: { id: was.id, rev, deletedAt: null },
        data: {
          ...{ slug, name, definition, synonyms, ...named, status, rev: rev + 1 },
          ...(!isApproved && { approverId: null, approvedAt: null }),
        },
      });
      if (count === 0) throw movedOn();
      await relate(tx, was.id, relatedIds);
      const shown = ({ name, definition, synonyms, status, domainId, ownerId }: typeof was) => ({
        ...{ name, definition, synonyms, status, domainId, ownerId },
      });
      audit(tx, ctx, {
        action: 'glossary.update',
        target: { type: 'glossary_term', id: was.id },
        ...(named.domainId && { domainId: named.domainId }),
        detail: changed(
          { ...shown(was), related: relatedOf(was) },
          {
            ...shown({ ...was, name, definition, synonyms, status, ...named }),
            related: relatedIds.filter((id) => id !== was.id).sort(),
          },
        ),
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? slugTaken(name) : error;
  }
  return { slug };
}

const relatedOf = ({ related, relates }: Awaited<ReturnType<typeof loadTerm>>): string[] =>
  [...related.map(({ relatedId }) => relatedId), ...relates.map(({ termId }) => termId)].sort();
