import { z } from 'zod';
import { AppError, type Ctx, conflict, invalid, notFound, requireCan, type Tx } from '@/lib/core';
import { compileRule } from '@/lib/governance';
import { PROPERTIES } from '../checks/check';
import { checkOf } from '../checks/registry';

export const MAX_EXPRESSION = 2000;
const sentence = (least: number, most: number) =>
  z
    .string()
    .trim()
    .min(least, `Use at least ${least} characters`)
    .max(most, `Use at most ${most.toLocaleString('en')} characters`)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Use printable characters only, in one line');

export const Expression = z
  .string()
  .trim()
  .min(1, 'Write an expression')
  .max(MAX_EXPRESSION, `Use at most ${MAX_EXPRESSION.toLocaleString('en')} characters`);

export const CheckFields = z.object({
  /** The state that passes: “Every column has a unit”. */
  title: sentence(5, 100),
  /** When it passes and why that matters. */
  words: sentence(10, 500),
  property: z.enum(PROPERTIES, 'Choose a property'),
  level: z.number('Choose a level').int().min(1, 'Choose a level').max(3, 'Choose a level'),
  expression: Expression,
  /** What its owner does where it fails. */
  nextStep: sentence(10, 300),
});

export const CheckRef = z.object({
  name: z.string().min(1).max(63),
  /** The one that was read. */
  rev: z.number().int(),
});

export function requireManager(ctx: Ctx): string {
  requireCan(ctx, 'scorecard.manage');
  if (ctx.actor.type === 'user') return ctx.actor.id;
  throw new AppError('unauthenticated', 'Sign in as a person to do this.');
}

/** @throws AppError invalid, naming `expression` */
export function requireExpression(expression: string): void {
  const [problem] = compileRule(expression).problems;
  if (problem) throw invalid(`${problem}.`, { expression: `${problem}.` });
}

/** A check's id is one word for all checks. @throws AppError conflict */
export function requireFreeName(name: string): void {
  if (checkOf(name)) throw nameTaken(name);
}
export const nameTaken = (name: string) =>
  conflict(`There is a check “${name}” already.`, {
    fields: { name: 'There is this check already. Choose another name.' },
  });

/** @throws AppError not_found */
export async function loadCheck(tx: Tx, name: string) {
  const found = await tx.customCheck.findUnique({ where: { name } });
  if (!found) throw notFound(`The check ${name}`);
  return found;
}
export const movedOn = () =>
  conflict('Somebody changed this check in the meantime. Reload the page and look again.');
