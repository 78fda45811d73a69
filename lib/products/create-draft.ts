import { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, newId, now, precondition, requireCan, type Tx, transact } from '@/lib/core';
import type { DataProductTemplate } from '@/lib/specs';
import { requireAuthor } from './draft-author';
import { DraftData, SCHEDULES } from './draft-data';
import { activeTemplate, templateProblem } from './template-queries';

export const CreateDraftInput = z.object({
  template: z.string().max(63).optional(),
  /** What the draft starts with, over the template's defaults. */
  data: DraftData.optional(),
});
export type CreateDraftInput = z.input<typeof CreateDraftInput>;

/** What a template gives a new draft. */
export function draftDefaults(template: DataProductTemplate): DraftData {
  const { defaults } = template.spec;
  const pipeline = defaults?.processing;
  const schedule =
    pipeline?.type === 'etl' ? SCHEDULES.find((one) => one === pipeline.schedule) : undefined;
  return {
    template: template.metadata.name,
    classification: defaults?.classification ?? 'internal',
    schedule: schedule ?? 'daily',
    slo: {
      availability: defaults?.slo?.availability,
      latency: defaults?.slo?.latency,
      freshness: defaults?.slo?.freshness,
      completeness: defaults?.slo?.completeness,
    },
    access: (defaults?.access ?? []).map(({ role, permissions }) => ({ role, permissions })),
    tags: defaults?.tags ?? [],
  };
}

/** @throws AppError unauthenticated | forbidden | not_found | precondition */
export async function createDraft(
  ctx: Ctx,
  raw: CreateDraftInput,
  /** What belongs to the new draft and is written with it. */
  also?: (tx: Tx, draftId: string) => Promise<void>,
): Promise<{ id: string; rev: number }> {
  const input = CreateDraftInput.parse(raw);
  const author = requireAuthor(ctx);
  requireCan(ctx, 'product.create');
  return transact(async (tx) => {
    const given = input.data ?? {};
    const name = input.template ?? given.template;
    const template = name ? await activeTemplate(tx, name) : null;
    const problem = template && (await templateProblem(template));
    if (problem) throw precondition(`${problem}.`);
    const data = { owner: author.email, ...(template && draftDefaults(template)), ...given };
    const { id, rev } = await tx.productDraft.create({
      data: { id: newId(), authorId: author.id, data: data as object, createdAt: now() },
    });
    audit(tx, ctx, { action: 'draft.create', target: { type: 'draft', id } });
    await also?.(tx, id);
    return { id, rev };
  });
}
