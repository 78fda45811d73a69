import { z } from 'zod';
import { requireUser } from '@/lib/auth';
import { type Ctx, db, now } from '@/lib/core';
import { requireReader } from '@/lib/serving';
import { MAX_RUN_MS } from './limits';

export const QueryHistoryInput = z.object({
  /** Go on below this run, `next` of the page before. */
  before: z.string().max(100).optional(),
});
export type QueryHistoryInput = z.input<typeof QueryHistoryInput>;

export interface QueryRunRow {
  id: string;
  sql: string;
  products: string[];
  /** `lost`: its process died. */
  status: 'running' | 'done' | 'failed' | 'cancelled' | 'lost';
  error: string | null;
  format: string;
  rowCount: number | null;
  elapsedMs: number | null;
  startedAt: string;
}

const PAGE = 30;

/** The actor's own statements, newest first; ids grow with time. */
export async function queryHistory(
  ctx: Ctx,
  raw: QueryHistoryInput = {},
): Promise<{ runs: QueryRunRow[]; next: string | null }> {
  requireReader(ctx);
  const userId = requireUser(ctx).id;
  const { before } = QueryHistoryInput.parse(raw);
  const rows = await db().queryRun.findMany({
    where: { userId, ...(before && { id: { lt: before } }) },
    orderBy: { id: 'desc' },
    take: PAGE + 1,
  });
  const lostBefore = now().getTime() - MAX_RUN_MS;
  const runs = rows.slice(0, PAGE).map((row): QueryRunRow => {
    const isLost = row.status === 'running' && row.startedAt.getTime() < lostBefore;
    return {
      ...{ id: row.id, sql: row.sql, products: row.products, error: row.error, format: row.format },
      status: isLost ? 'lost' : (row.status as QueryRunRow['status']),
      rowCount: row.rowCount === null ? null : Number(row.rowCount),
      elapsedMs: row.elapsedMs,
      startedAt: row.startedAt.toISOString(),
    };
  });
  return { runs, next: rows.length > PAGE ? (runs.at(-1)?.id ?? null) : null };
}
