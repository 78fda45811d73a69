import { z } from 'zod';
import { AppError, type Ctx } from '@/lib/core';
import { AuditFilter } from '../filter';

export const ViewName = z
  .string()
  .trim()
  .min(1, 'Give it a name')
  .max(60, 'Use at most 60 characters');

/** The filters of an address, in one order; pages and single rows are left out. */
export function searchOf(query: Record<string, string | string[] | undefined>): string {
  const filled = Object.keys(AuditFilter.shape)
    .map((name) => [name, ([query[name]].flat()[0] ?? '').trim()] as [string, string])
    .filter(([, value]) => value !== '');
  return new URLSearchParams(filled).toString();
}

/** An address's query string, as `searchOf` writes it. */
export const ViewQuery = z
  .string()
  .max(2000, 'This search is too long to keep')
  .transform((text, context) => {
    const search = searchOf(Object.fromEntries(new URLSearchParams(text)));
    const parsed = AuditFilter.safeParse(Object.fromEntries(new URLSearchParams(search)));
    const [issue] = parsed.error?.issues ?? [];
    const problem = issue
      ? `${String(issue.path[0])}: ${issue.message}`
      : search === '' && 'There is no filter to keep. Set one first.';
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return search;
  });

/** Saved searches belong to people. */
export function ownerOf(ctx: Ctx): string {
  if (ctx.actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor.id;
}
