import { type Ctx, forbidden, now } from '@/lib/core';
import { decide } from '@/lib/governance';
import type { HeldTerms } from '@/lib/specs';
import type { ServedEnvironment, ServedProduct } from './resolve';

const EVERY_MS = 500;

/**
 * Asks again, at most twice a second, whether a long answer may go on: what is revoked, narrowed or over is cut off under
 * way. The answer is mostly a kept one.
 * @returns throws AppError forbidden when the reader's right is another by now
 */
export function goingOn(
  ctx: Ctx,
  product: ServedProduct,
  environment: ServedEnvironment,
  terms: HeldTerms | null,
  port?: string,
): () => Promise<void> {
  const begun = JSON.stringify(terms);
  let askedAt = now().getTime();
  return async () => {
    if (now().getTime() - askedAt < EVERY_MS) return;
    askedAt = now().getTime();
    const decision = await decide(ctx, {
      action: 'read',
      product,
      context: { ...(environment === 'staging' && { environment }), ...(port && { port }) },
    });
    if (decision.allow && JSON.stringify(decision.terms) === begun) return;
    throw forbidden('Your right to read these rows changed while they were sent. Ask again.');
  };
}
