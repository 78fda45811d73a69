import type { z } from 'zod';
import { audit } from '@/lib/audit';
import { type Ctx, db, invalid, type Tx, transact } from '@/lib/core';
import { loadTag, managerOf, movedOn, TagName, TagRef, tagKey } from './input';
import { moveTag } from './move-tag';

export const RetireTagInput = TagRef.extend({
  /** The tag in whose favour; without it its products have it no more. */
  replacement: TagName.nullable().default(null),
});
export type RetireTagInput = z.input<typeof RetireTagInput>;

/**
 * Takes a tag out of use. With a replacement it is merged: its products carry that one from then on, and whoever writes
 * the old word gets the replacement. @returns how many products were changed
 * @throws AppError forbidden | not_found | invalid | conflict
 */
export async function retireTag(ctx: Ctx, raw: RetireTagInput): Promise<{ products: number }> {
  managerOf(ctx);
  const { tag, rev, replacement } = RetireTagInput.parse(raw);
  return transact(async (tx) => {
    const was = await loadTag(tx, tag);
    const next = replacement === null ? null : await replacementFor(tx, was.id, replacement);
    const replacementId = next?.id ?? null;
    const { count } = await tx.tag.updateMany({
      where: { id: was.id, rev, state: { not: 'retired' } },
      data: { state: 'retired', replacementId, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    // Words that led to it lead on.
    await tx.tag.updateMany({ where: { replacementId: was.id }, data: { replacementId } });
    const products = await moveTag(tx, was.name, next?.name ?? null);
    audit(tx, ctx, {
      action: next ? 'tag.merge' : 'tag.retire',
      target: { type: 'tag', id: was.id },
      detail: {
        ...{ name: was.name, replacement: next?.name ?? null, products },
        ...{ before: { state: was.state }, after: { state: 'retired' } },
      },
    });
    return { products };
  });
}

/** Locked, so that two merges in a ring wait for each other and the second is refused. */
async function replacementFor(tx: Tx, id: string, name: string) {
  const [found] = await tx.$queryRaw<{ id: string; name: string }[]>`
    select id, name from tag where key = ${tagKey(name)} and state <> 'retired' and id <> ${id} for share`;
  if (found) return found;
  const message = `There is no other tag “${name}” in use. Choose one that is, or add it first.`;
  throw invalid(message, { replacement: message });
}

/** How many products renaming, merging or retiring a tag changes. @throws AppError forbidden | not_found */
export async function previewTagMove(ctx: Ctx, tag: string): Promise<{ products: number }> {
  managerOf(ctx);
  const { name } = await loadTag(db(), tag);
  return { products: await db().product.count({ where: { tags: { has: name } } }) };
}
