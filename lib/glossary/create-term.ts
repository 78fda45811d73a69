import type { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, newId, now, sqlState, transact } from '@/lib/core';
import { requireSignedIn } from '@/lib/governance';
import { namedBy, relate, requireEditor, slugTaken, TermFields, termSlug, writerOf } from './input';

export const CreateTermInput = TermFields;
export type CreateTermInput = z.input<typeof CreateTermInput>;

/** Writes a term: a draft until a steward approves it. @throws AppError forbidden | invalid | conflict */
export async function createTerm(ctx: Ctx, raw: CreateTermInput): Promise<{ slug: string }> {
  requireSignedIn(ctx, ['products:write']);
  const fields = TermFields.parse(raw);
  const { name, definition, synonyms, domain } = fields;
  const [id, slug, writerId] = [newId(), termSlug(name), writerOf(ctx)];
  try {
    await transact(async (tx) => {
      const { relatedIds, domainId, ownerId } = await namedBy(tx, fields, writerId);
      requireEditor(ctx, { domainId });
      const data = { name, definition, synonyms, domainId, ownerId };
      await tx.glossaryTerm.create({ data: { id, slug, ...data, createdAt: now() } });
      await relate(tx, id, relatedIds);
      audit(tx, ctx, {
        action: 'glossary.create',
        target: { type: 'glossary_term', id },
        ...(domainId && { domainId }),
        detail: changed(null, { name, definition, synonyms, domain, related: fields.related }),
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? slugTaken(name) : error;
  }
  return { slug };
}
