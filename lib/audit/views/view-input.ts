import { z } from 'zod';
import { AppError, type Ctx } from '@/lib/core';
import { AuditFilter } from '../filter';

export const ViewName = z
  .string()
  .trim()
  .min(1, 'Give it a name')
  .max(60, 'Use at most 60 characters');

/** The filters of an address's query string, in one order; pages and single rows are left out. */
export const ViewQuery = z
  .string()
  .max(2000, 'This search is too long to keep')
  .transform((text, context) => {
    const asked = new URLSearchParams(text);
    const filled = Object.keys(AuditFilter.shape)
      .map((name) => [name, asked.get(name)?.trim() ?? ''] as const)
      .filter(([, value]) => value !== '');
    const parsed = AuditFilter.safeParse(Object.fromEntries(filled));
    const [issue] = parsed.error?.issues ?? [];
    const problem = issue
      ? `${String(issue.path[0])}: ${issue.message}`
      : filled.length === 0 && 'There is no filter to keep. Set one first.';
    if (problem) context.addIssue({ code: 'custom', message: problem });
    return new URLSearchParams(filled.map(([name, value]) => [name, value])).toString();
  });

/** Saved searches belong to people. */
export function ownerOf(ctx: Ctx): string {
  if (ctx.actor.type !== 'user') throw new AppError('unauthenticated', 'Sign in to do this.');
  return ctx.actor.id;
}
