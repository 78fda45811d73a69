import { z } from 'zod';
import { type Ctx, can, db, publicOrigin } from '@/lib/core';
import { requireSignedIn, requireVisibleProduct } from '@/lib/governance';
import type { EventType } from './event';

const PAGE = 50;

export const LineageEventsInput = z.object({
  /** How many to skip: what `nextAfter` of the page before said. */
  after: z.coerce.number().int().min(0).max(100_000).default(0),
});
export type LineageEventsInput = z.input<typeof LineageEventsInput>;

export interface LineageEventRow {
  job: { namespace: string; name: string };
  runId: string | null;
  type: EventType | null;
  at: string;
  heardAt: string;
  /** As it came, for who operates the product: facets may hold statements and errors. */
  body: unknown;
}

/** What jobs that read or write a product told in the last 30 days, newest first. @throws AppError not_found */
export async function lineageEvents(
  ctx: Ctx,
  productId: string,
  raw: LineageEventsInput = {},
): Promise<{ events: LineageEventRow[]; nextAfter: number | null }> {
  requireSignedIn(ctx, ['catalog:read', 'data:read']);
  const product = await requireVisibleProduct(ctx, productId);
  const { after } = LineageEventsInput.parse(raw);
  const mayReadBody = can(ctx, 'product.operate', product);
  const rows = await db().externalEvent.findMany({
    where: { job: { namespace: { not: publicOrigin() }, links: { some: { productId } } } },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
    ...{ skip: after, take: PAGE + 1 },
    select: {
      ...{ runId: true, eventType: true, at: true, heardAt: true, body: mayReadBody },
      job: { select: { namespace: true, name: true } },
    },
  });
  return {
    events: rows.slice(0, PAGE).map(({ job, runId, eventType, at, heardAt, ...rest }) => ({
      ...{ job, runId, type: eventType as EventType | null },
      ...{ at: at.toISOString(), heardAt: heardAt.toISOString() },
      body: 'body' in rest ? rest.body : null,
    })),
    nextAfter: rows.length > PAGE ? after + PAGE : null,
  };
}
