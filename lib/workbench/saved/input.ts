import { z } from 'zod';
import { requireUser } from '@/lib/auth';
import { AppError, type Ctx, conflict, forbidden, isAppError, type UserActor } from '@/lib/core';
import { readTables } from '@/lib/platform/sandbox';
import { requireReader } from '@/lib/serving';
import { LIMITS, queryGate } from '../limits';
import { QueryText } from '../query-text';

const NAME = 'Give the query a name of at most 80 characters';
const isKept = (text: string) => !text.includes('\0') && text.isWellFormed();

export const SavedQueryFields = z.object({
  name: z.string().trim().min(1, NAME).max(80, NAME).refine(isKept, NAME),
  description: z.string().trim().max(500, 'Use at most 500 characters').refine(isKept, NAME),
  sql: QueryText,
  /** The domain whose members see it; null for nobody else. */
  domainId: z.string().max(100).nullable(),
});
export const QueryId = z.object({ queryId: z.string().min(1).max(100) });
export type QueryId = z.input<typeof QueryId>;

/** @throws AppError unauthenticated | forbidden for a token without the scope */
export function ownerOf(ctx: Ctx): UserActor {
  requireReader(ctx);
  return requireUser(ctx);
}

export const nameTaken = (name: string) =>
  conflict(`You have a saved query “${name}” already. Choose another name.`, {
    fields: { name: 'You have a saved query of this name already.' },
  });

/**
 * The products that a shared query names: somebody who may not know of one of them is not shown the query.
 * @throws AppError forbidden for a domain of which the person is no member; invalid when the statement cannot be read
 */
export async function sharedProducts(
  me: UserActor,
  sql: string,
  domainId: string | null,
): Promise<string[]> {
  if (domainId === null) return [];
  if (!me.memberships.some((one) => one.domainId === domainId)) {
    throw forbidden('You can share a query with a domain of which you are a member.');
  }
  const leave = await queryGate().enter();
  try {
    const { timeMs, memoryMb } = LIMITS;
    const limits = { timeMs, memoryMb, threads: 1, maxRows: 0 };
    const tables = await readTables(sql, limits, AbortSignal.timeout(timeMs));
    return tables.map(({ schema, table }) => `${schema}/${table}`);
  } catch (error) {
    if (!isAppError(error) || error.code !== 'invalid') throw error;
    const detail = `A query that is shared has to be one statement that can be read. ${error.message}`;
    throw new AppError('invalid', detail, { fields: { sql: detail } });
  } finally {
    leave();
  }
}
