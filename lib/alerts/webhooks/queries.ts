import { z } from 'zod';
import { type Ctx, db, notFound, requireCan } from '@/lib/core';

export interface WebhookRow {
  id: string;
  url: string;
  description: string;
  kinds: string[];
  domain: string | null;
  createdAt: string;
  disabledFor: string | null;
  waiting: number;
  dead: number;
}

/** Every webhook with what waits and what is dead. */
export async function listWebhooks(ctx: Ctx): Promise<WebhookRow[]> {
  requireCan(ctx, 'alert.manage');
  const rows = await db().webhookEndpoint.findMany({ orderBy: { id: 'asc' } });
  const [counts, domains] = await Promise.all([
    db().alertDelivery.groupBy({
      by: ['endpointId', 'status'],
      where: { endpointId: { in: rows.map((row) => row.id) }, status: { in: ['queued', 'dead'] } },
      _count: true,
    }),
    db().domain.findMany({ where: { id: { in: rows.flatMap((row) => row.domainId ?? []) } } }),
  ]);
  const countOf = (id: string, status: string) =>
    counts.find((one) => one.endpointId === id && one.status === status)?._count ?? 0;
  return rows.map((row) => ({
    id: row.id,
    url: row.url,
    description: row.description,
    kinds: row.kinds,
    domain: domains.find((one) => one.id === row.domainId)?.name ?? null,
    createdAt: row.createdAt.toISOString(),
    disabledFor: row.disabledAt ? (row.disabledFor ?? 'Switched off.') : null,
    waiting: countOf(row.id, 'queued'),
    dead: countOf(row.id, 'dead'),
  }));
}

export interface DeliveryRow {
  id: string;
  kind: string;
  title: string;
  status: string;
  attempts: number;
  createdAt: string;
  nextAttemptAt: string;
  log: { at: string; ok: boolean; status: number; error?: string; durationMs: number }[];
}
const PAGE = 50;

export const DeliveryFilter = z.object({
  status: z.enum(['queued', 'delivered', 'dead']).optional().catch(undefined),
  after: z.string().max(100).optional(),
});
export type DeliveryFilter = z.input<typeof DeliveryFilter>;

/** One webhook and what was sent to it, newest first. */
export async function getWebhook(
  ctx: Ctx,
  id: string,
  raw: DeliveryFilter = {},
): Promise<{ webhook: WebhookRow; deliveries: DeliveryRow[]; nextPage: string | null }> {
  const webhook = (await listWebhooks(ctx)).find((one) => one.id === id);
  if (!webhook) throw notFound('This webhook');
  const { status, after } = DeliveryFilter.parse(raw);
  const [at, last] = after?.split('~') ?? [];
  const before = at && !Number.isNaN(Date.parse(at)) ? new Date(at) : null;
  const rows = await db().alertDelivery.findMany({
    where: {
      endpointId: id,
      ...(status && { status }),
      ...(before && {
        OR: [{ createdAt: { lt: before } }, { createdAt: before, id: { lt: last ?? '' } }],
      }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: PAGE + 1,
  });
  const page = rows.slice(0, PAGE);
  const end = page.at(-1);
  return {
    webhook,
    nextPage: rows.length > PAGE && end ? `${end.createdAt.toISOString()}~${end.id}` : null,
    deliveries: page.map((row) => ({
      id: row.id,
      kind: row.kind,
      title: (row.event as { data?: { title?: string } }).data?.title ?? row.kind,
      status: row.status,
      attempts: row.attempts,
      createdAt: row.createdAt.toISOString(),
      nextAttemptAt: row.nextAttemptAt.toISOString(),
      log: row.log as unknown as DeliveryRow['log'],
    })),
  };
}
