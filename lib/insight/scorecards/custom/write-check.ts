import { z } from 'zod';
import { audit, changed } from '@/lib/audit';
import {
  type Ctx,
  newId,
  notFound,
  now,
  precondition,
  sqlState,
  type Tx,
  transact,
} from '@/lib/core';
import {
  CheckFields,
  CheckRef,
  loadCheck,
  movedOn,
  nameTaken,
  requireExpression,
  requireFreeName,
  requireManager,
} from './input';
import { MAX_ACTIVE } from './judge';

export const CreateCheckInput = CheckFields.extend({
  /** Its id, which it keeps. */
  name: z
    .string()
    .trim()
    .min(3, 'Use at least 3 characters')
    .max(63, 'Use at most 63 characters')
    .regex(/^[a-z][a-z0-9-]*$/, 'Use a–z, 0–9 and hyphens, and begin with a letter'),
  /** The domain whose products it is for; without one, the mesh. */
  domain: z.string().min(1).max(63).nullish(),
});
export type CreateCheckInput = z.input<typeof CreateCheckInput>;

/**
 * A steward writes a check, which products are put to from the next round on.
 * @throws AppError forbidden | invalid | conflict (the name) | not_found (the domain) | precondition (too many)
 */
export async function createCheck(ctx: Ctx, raw: CreateCheckInput): Promise<{ name: string }> {
  const authorId = requireManager(ctx);
  const { name, domain, ...fields } = CreateCheckInput.parse(raw);
  requireExpression(fields.expression);
  requireFreeName(name);
  try {
    await transact(async (tx) => {
      await requireRoom(tx);
      const found = domain ? await tx.domain.findUnique({ where: { name: domain } }) : null;
      if (domain && !found) throw notFound('This domain');
      const [id, createdAt, domainId] = [newId(), now(), found?.id ?? null];
      await tx.customCheck.create({ data: { id, name, domainId, createdAt, ...fields } });
      await keepVersion(tx, { checkId: id, rev: 1, authorId, isArchived: false, ...fields });
      audit(tx, ctx, {
        action: 'scorecard.check.create',
        target: { type: 'scorecard_check', id },
        ...(domainId && { domainId }),
        detail: changed(null, { name, ...fields }),
      });
    });
  } catch (error) {
    throw sqlState(error) === '23505' ? nameTaken(name) : error;
  }
  return { name };
}

export const UpdateCheckInput = CheckFields.extend(CheckRef.shape);
export type UpdateCheckInput = z.input<typeof UpdateCheckInput>;

/** Writes a check anew; earlier wordings are kept. @throws AppError forbidden | invalid | not_found | conflict */
export async function updateCheck(ctx: Ctx, raw: UpdateCheckInput): Promise<{ rev: number }> {
  const authorId = requireManager(ctx);
  const { name, rev, ...fields } = UpdateCheckInput.parse(raw);
  requireExpression(fields.expression);
  return transact(async (tx) => {
    const { id, domainId, ...was } = await loadCheck(tx, name);
    const { count } = await tx.customCheck.updateMany({
      where: { id, rev, archivedAt: null },
      data: { ...fields, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    await keepVersion(tx, { checkId: id, rev: rev + 1, authorId, isArchived: false, ...fields });
    const { title, words, property, level, expression, nextStep } = was;
    audit(tx, ctx, {
      action: 'scorecard.check.update',
      target: { type: 'scorecard_check', id },
      ...(domainId && { domainId }),
      detail: changed({ title, words, property, level, expression, nextStep }, fields),
    });
    return { rev: rev + 1 };
  });
}

export const ArchiveCheckInput = CheckRef.extend({
  /** `false` puts it in force again. */
  isArchived: z.boolean().default(true),
});
export type ArchiveCheckInput = z.input<typeof ArchiveCheckInput>;

/** Takes a check out of force, or back into it. Its name, wordings and history stay. @throws AppError forbidden | not_found | conflict | precondition */
export async function archiveCheck(ctx: Ctx, raw: ArchiveCheckInput): Promise<void> {
  const authorId = requireManager(ctx);
  const { name, rev, isArchived } = ArchiveCheckInput.parse(raw);
  await transact(async (tx) => {
    if (!isArchived) await requireRoom(tx);
    const { id, domainId, ...was } = await loadCheck(tx, name);
    const { count } = await tx.customCheck.updateMany({
      where: { id, rev, archivedAt: isArchived ? null : { not: null } },
      data: { archivedAt: isArchived ? now() : null, rev: rev + 1 },
    });
    if (count === 0) throw movedOn();
    const { title, words, property, level, expression, nextStep } = was;
    const fields = { title, words, property, level, expression, nextStep };
    await keepVersion(tx, { checkId: id, rev: rev + 1, authorId, isArchived, ...fields });
    audit(tx, ctx, {
      action: isArchived ? 'scorecard.check.archive' : 'scorecard.check.restore',
      target: { type: 'scorecard_check', id },
      ...(domainId && { domainId }),
      detail: { name },
    });
  });
}

type Version = Omit<z.output<typeof CheckFields>, 'property'> & {
  property: string;
  checkId: string;
  rev: number;
  authorId: string;
  isArchived: boolean;
};
const keepVersion = (tx: Tx, version: Version) =>
  tx.customCheckVersion.create({ data: { ...version, at: now() } });

/** One after the other, or two would both be the last that there is room for. */
async function requireRoom(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('custom_check'))`;
  const active = await tx.customCheck.count({ where: { archivedAt: null } });
  if (active < MAX_ACTIVE) return;
  throw precondition(
    `There are ${active} checks of your own in force, as many as there may be. Archive one first.`,
  );
}
