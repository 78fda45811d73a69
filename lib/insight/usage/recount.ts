import { z } from 'zod';
import { audit } from '@/lib/audit';
import {
  type Ctx,
  conflict,
  db,
  enqueue,
  invalid,
  newId,
  now,
  precondition,
  requireCan,
  type Tx,
  transact,
} from '@/lib/core';

const DAY_MS = 86_400_000;
const MOST_DAYS = 400;
const dayOf = (at: Date) => at.toISOString().slice(0, 10);

export const RecountInput = z.object({
  /** UTC days, as `2026-01-31`; both are counted. */
  from: z.iso.date(),
  to: z.iso.date(),
});
export type RecountInput = z.input<typeof RecountInput>;

/**
 * Has the figures of some days of use counted again from their events, a day at a time, while reads go on.
 * @throws AppError forbidden | invalid (the days) | precondition (their events are not held any more) | conflict (one is under way)
 */
export async function requestRecount(ctx: Ctx, raw: RecountInput): Promise<{ recountId: string }> {
  requireCan(ctx, 'insight.recount');
  const { from, to } = RecountInput.parse(raw);
  refuseDays(from, to);
  const recountId = newId();
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('portolan.usage_recount'))`;
    await refuseWhatIsGone(tx, from);
    const busy = await tx.usageRecount.findFirst({ where: { status: 'queued' } });
    if (busy) throw conflict('Days are being counted again already. Wait until that has ended.');
    const [fromDay, toDay] = [new Date(from), new Date(to)];
    const requestedById = ctx.actor.type === 'user' ? ctx.actor.id : null;
    await tx.usageRecount.create({
      data: { id: recountId, fromDay, toDay, nextDay: fromDay, requestedById, createdAt: now() },
    });
    audit(tx, ctx, {
      action: 'usage.recount',
      target: { type: 'usage_recount', id: recountId },
      detail: { from, to },
    });
    const key = `usage-recount:${recountId}`;
    await enqueue(tx, { workflow: 'usage-recount', queue: 'maintenance', key, args: [recountId] });
  });
  return { recountId };
}

/** @returns how many days they are */
function refuseDays(from: string, to: string): number {
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (days < 1)
    throw invalid('The last day lies before the first.', { to: 'Not before the first day' });
  if (days > MOST_DAYS) {
    throw invalid(`At most ${MOST_DAYS} days are counted again at once.`, {
      to: 'Choose fewer days',
    });
  }
  if (to > dayOf(now())) throw invalid('These days are still to come.', { to: 'Today or before' });
  return days;
}

async function refuseWhatIsGone(tx: Pick<Tx, 'usageKept'>, from: string): Promise<void> {
  const { since } = await tx.usageKept.findUniqueOrThrow({ where: { id: 1 } });
  if (since.getTime() <= Date.parse(from)) return;
  throw precondition(
    `Events before ${dayOf(since)} are not held any more: what was counted from them stays, and cannot be counted again. Begin on ${dayOf(since)} or later.`,
  );
}

export interface RecountPreview {
  from: string;
  to: string;
  days: number;
  /** Days of these with a figure of use. */
  daysWithUse: number;
  /** What is counted for them as it is. */
  reads: number;
}

/**
 * What counting these days again would be about; nothing is changed.
 * @throws AppError forbidden | invalid (the days) | precondition (their events are not held any more)
 */
export async function previewRecount(ctx: Ctx, raw: RecountInput): Promise<RecountPreview> {
  requireCan(ctx, 'insight.recount');
  const { from, to } = RecountInput.parse(raw);
  const days = refuseDays(from, to);
  await refuseWhatIsGone(db(), from);
  const [first, end] = [new Date(from), new Date(Date.parse(to) + DAY_MS)];
  const [held] = await db().$queryRaw<{ daysWithUse: number; reads: number }[]>`
    select count(distinct day)::int as "daysWithUse", coalesce(sum(reads), 0)::float8 as reads
    from usage_domain_day where day >= ${first} and day < ${end}`;
  return { from, to, days, ...held! };
}

export interface RecountRow {
  id: string;
  from: string;
  to: string;
  status: string;
  failure: string | null;
  /** Days that are counted, and of how many. */
  done: number;
  days: number;
  /** Reads of the days that are counted, as they were and as they are. */
  readsBefore: number;
  readsAfter: number;
  requestedBy: string | null;
  createdAt: string;
  finishedAt: string | null;
}
const MOST_LISTED = 20;

export interface Recounts {
  recounts: RecountRow[];
  /** The first day whose events are held; null: of every day. */
  since: string | null;
}

/** The last times that days were counted again, newest first. @throws AppError forbidden */
export async function listRecounts(ctx: Ctx): Promise<Recounts> {
  requireCan(ctx, 'insight.recount');
  const { since } = await db().usageKept.findUniqueOrThrow({ where: { id: 1 } });
  const rows = await db().usageRecount.findMany({
    orderBy: { createdAt: 'desc' },
    take: MOST_LISTED,
    include: { requestedBy: { select: { email: true } } },
  });
  const between = (a: Date, b: Date) => (b.getTime() - a.getTime()) / DAY_MS;
  return {
    since: since.getTime() < Date.parse('1970-01-01') ? null : dayOf(since),
    recounts: rows.map(({ fromDay, toDay, nextDay, requestedBy, ...row }) => ({
      ...{ id: row.id, from: dayOf(fromDay), to: dayOf(toDay) },
      ...{ status: row.status, failure: row.failure },
      ...{ done: between(fromDay, nextDay), days: between(fromDay, toDay) + 1 },
      ...{ readsBefore: Number(row.readsBefore), readsAfter: Number(row.readsAfter) },
      requestedBy: requestedBy?.email ?? null,
      createdAt: row.createdAt.toISOString(),
      finishedAt: row.finishedAt?.toISOString() ?? null,
    })),
  };
}
