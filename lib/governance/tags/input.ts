import { z } from 'zod';
import { AppError, type Ctx, conflict, invalid, notFound, requireCan, type Tx } from '@/lib/core';

const MAX_NAME = 50;
/** A word is there once, however it is capitalised. */
export const tagKey = (name: string): string => name.trim().toLowerCase();

/** Why a word cannot be a tag; null when it can. */
export function nameProblem(name: string): string | null {
  if (!name.trim()) return 'A tag is empty. Remove it.';
  if (name.includes(',')) return `“${name}” has a comma, which separates tags. Write two tags.`;
  return /\p{C}/u.test(name) ? 'A tag has a character that cannot be seen. Type it anew.' : null;
}

export const TagName = z
  .string()
  .trim()
  .max(MAX_NAME, `Use at most ${MAX_NAME} characters`)
  .superRefine((name, context) => {
    const message = nameProblem(name);
    if (message) context.addIssue({ code: 'custom', message });
  });

export const TagFields = z.object({
  name: TagName,
  description: z.string().trim().max(1000, 'Use at most 1,000 characters').default(''),
  /** What it tells of, as stewards like: `topic`, `source`. */
  category: z.string().trim().max(50, 'Use at most 50 characters').default(''),
  /** The address of the steward who looks after it; without it, whoever writes it. */
  owner: z.string().trim().max(200).optional(),
});

export const TagRef = z.object({
  /** Its name, however it is capitalised. */
  tag: z.string().min(1).max(100),
  /** The one that was read. */
  rev: z.number().int(),
});

export function managerOf(ctx: Ctx): string {
  requireCan(ctx, 'tag.manage');
  if (ctx.actor.type === 'user') return ctx.actor.id;
  throw new AppError('unauthenticated', 'Sign in as a person to do this.');
}

/** @throws AppError not_found */
export async function loadTag(tx: Tx, tag: string) {
  const found = await tx.tag.findUnique({ where: { key: tagKey(tag) } });
  if (!found) throw notFound(`The tag ${tag}`);
  return found;
}

/** The steward at an address. @throws AppError invalid, naming `owner` */
export async function stewardAt(tx: Tx, email: string): Promise<string> {
  const person = await tx.user.findUnique({ where: { email: email.toLowerCase() } });
  if (person && !person.disabledAt && person.platformRoles.includes('steward')) return person.id;
  const message = `${email} is no steward here. A steward looks after a tag.`;
  throw invalid(message, { owner: message });
}

export const movedOn = () =>
  conflict('Somebody changed this tag in the meantime. Reload the page and look again.');
export const nameTaken = (name: string) =>
  conflict(`There is a tag “${name}” already.`, {
    fields: { name: 'There is this tag already. Merge the two, or choose another name.' },
  });
