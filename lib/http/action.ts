import { unstable_rethrow } from 'next/navigation';
import { z } from 'zod';
import { AppError, type Ctx, isAppError, log, newId, requireStorable } from '@/lib/core';
import { currentCtx } from './context';

export type ActionResult<T> =
  | { ok: true; data: T }
  | { ok: false; message: string; code: string; fields?: Record<string, string> };

/** Zod's issues as one message a field, dotted path as key. */
function fieldsOf(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) fields[issue.path.join('.')] ??= issue.message;
  return fields;
}

function failure(error: unknown): ActionResult<never> {
  unstable_rethrow(error);
  if (isAppError(error)) {
    const { fields } = error.details;
    return { ok: false, code: error.code, message: error.message, ...(fields && { fields }) };
  }
  if (error instanceof z.ZodError) {
    const message = error.issues[0]?.message ?? 'Not valid.';
    return { ok: false, code: 'invalid', message, fields: fieldsOf(error) };
  }
  const reference = newId();
  log().error({ err: error, requestId: reference }, 'action failed');
  const message = `Something failed on our side (reference ${reference}). Try again.`;
  return { ok: false, code: 'internal', message };
}

interface ActionOptions {
  /** Lets people who are not signed in call it. */
  isPublic?: boolean;
}

/**
 * Wraps a verb as a server action: the context, the parsing and the only try/catch. Every action is
 * a public POST, so the person must be signed in unless `isPublic`; the verb asks for the permission.
 */
export function action<Schema extends z.ZodType, Result>(
  schema: Schema,
  run: (ctx: Ctx, input: z.output<Schema>) => Promise<Result>,
  options: ActionOptions = {},
): (input: z.input<Schema>) => Promise<ActionResult<Result>> {
  return async (input) => {
    try {
      const ctx = await currentCtx();
      if (ctx.actor.type === 'anonymous' && !options.isPublic) {
        throw new AppError('unauthenticated', 'Your session has ended. Sign in again.');
      }
      requireStorable(input);
      return { ok: true, data: await run(ctx, schema.parse(input)) };
    } catch (error) {
      return failure(error);
    }
  };
}
