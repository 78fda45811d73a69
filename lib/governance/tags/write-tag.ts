import type { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import { type Ctx, newId, now, sqlState, type Tx, transact } from '@/lib/core';
import {
  loadTag,
  managerOf,
  movedOn,
  nameTaken,
  stewardAt,
  TagFields,
  TagRef,
  tagKey,
} from './input';
import { moveTag } from './move-tag';

export const CreateTagInput = TagFields;
export type CreateTagInput = z.input<typeof CreateTagInput>;

/** A steward adds a tag, approved. @throws AppError forbidden | invalid | conflict (the name) */
export async function createTag(ctx: Ctx, raw: CreateTagInput): Promise<{ name: string }> {
  const me = managerOf(ctx);
  const { name, description, category, owner } = CreateTagInput.parse(raw);
  return named(name, async (tx) => {
    const id = newId();
    const ownerId = owner ? await stewardAt(tx, owner) : me;
    const fields = { name, description, category, ownerId };
    await tx.tag.create({
      data: { id, key: tagKey(name), ...fields, state: 'approved', createdAt: now() },
    });
    audit(tx, ctx, {
      action: 'tag.create',
      target: { type: 'tag', id },
      detail: changed(null, fields),
    });
    return { name };
  });
}

export const UpdateTagInput = TagFields.extend(TagRef.shape);
export type UpdateTagInput = z.input<typeof UpdateTagInput>;

/**
 * Describes a tag anew. With another name its products carry that one from then on, and whoever writes the old word
 * gets the new one. @returns how many products were changed
 * @throws AppError forbidden | not_found | invalid | conflict (the name, or somebody was faster)
 */
export async function updateTag(ctx: Ctx, raw: UpdateTagInput): Promise<{ products: number }> {
  const me = managerOf(ctx);
  const { tag, rev, name, description, category, owner } = UpdateTagInput.parse(raw);
  return named(name, async (tx) => {
    const was = await loadTag(tx, tag);
    const ownerId = owner ? await stewardAt(tx, owner) : (was.ownerId ?? me);
    const [key, isRenamed] = [tagKey(name), name !== was.name];
    // An earlier name that it takes back stands for it no more.
    await tx.tag.deleteMany({ where: { key, state: 'retired', replacementId: was.id } });
    const fields = { name, description, category, ownerId };
    const { count } = await tx.tag.updateMany({
      where: { id: was.id, rev },
      data: { ...fields, key, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    if (key !== was.key) {
      const alias = { key: was.key, name: was.name, state: 'retired', replacementId: was.id };
      const isInUse = was.state !== 'retired';
      if (isInUse) await tx.tag.create({ data: { id: newId(), ...alias, createdAt: now() } });
    }
    const products = isRenamed ? await moveTag(tx, was.name, name) : 0;
    const before = {
      ...{ name: was.name, description: was.description },
      ...{ category: was.category, ownerId: was.ownerId },
    };
    audit(tx, ctx, {
      action: isRenamed ? 'tag.rename' : 'tag.update',
      target: { type: 'tag', id: was.id },
      detail: { ...changed(before, fields), ...(isRenamed && { products }) },
    });
    return { products };
  });
}

async function named<T>(name: string, work: (tx: Tx) => Promise<T>): Promise<T> {
  try {
    return await transact(work);
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name) : error;
  }
}

export const ApproveTagInput = TagRef;
export type ApproveTagInput = z.input<typeof ApproveTagInput>;

/** A steward takes a word into the vocabulary, a retired one again. @throws AppError forbidden | not_found | conflict */
export async function approveTag(ctx: Ctx, raw: ApproveTagInput): Promise<void> {
  const me = managerOf(ctx);
  const { tag, rev } = ApproveTagInput.parse(raw);
  await transact(async (tx) => {
    const { id, state, ownerId } = await loadTag(tx, tag);
    const { count } = await tx.tag.updateMany({
      where: { id, rev, state: { not: 'approved' } },
      data: { state: 'approved', replacementId: null, ownerId: ownerId ?? me, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    audit(tx, ctx, {
      action: 'tag.approve',
      target: { type: 'tag', id },
      detail: changed({ state }, { state: 'approved' }),
    });
  });
}
