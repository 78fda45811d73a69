import { db, now, type Tx, transact } from '@/lib/core';
import { followCampaigns, leaveCampaigns } from './campaigns/follow';
import { differs, type Judged, judgeChanged } from './evaluate';
import type { Results, Standing } from './levels';

const BATCH = 500;
const CLOCK = 'mesh';
const EVERY_MS = 5 * 60_000;

/** States of checks that differ; 'none' where a check was not there. */
export interface StateChange {
  check: string;
  from: string;
  to: string;
}
interface Kept extends Standing {
  productId: string;
  results: Results;
  since: Date;
}

/**
 * Looks at all scorecards when they are due: every five minutes, by whichever worker claims the round. Products without
 * one do not wait for it. @returns whether this call took the round
 */
export async function recordDue(checkpoint?: (name: string) => Promise<void>): Promise<boolean> {
  const at = now();
  const before = new Date(at.getTime() - EVERY_MS);
  await db().scorecardClock.createMany({
    data: [{ id: CLOCK, claimedAt: new Date(0) }],
    skipDuplicates: true,
  });
  const { count } = await db().scorecardClock.updateMany({
    where: { id: CLOCK, claimedAt: { lte: before } },
    data: { claimedAt: at },
  });
  if (count === 0) {
    await recordNew();
    return false;
  }
  await recordAll(checkpoint);
  return true;
}

/**
 * Records every scorecard. A round that was cut off may be repeated: what it wrote is there, and is written no second time.
 */
export async function recordAll(checkpoint?: (name: string) => Promise<void>): Promise<void> {
  const at = now();
  let after = '';
  for (;;) {
    const rows = await db().product.findMany({
      where: { id: { gt: after }, status: { notIn: ['draft', 'retired'] } },
      orderBy: { id: 'asc' },
      take: BATCH,
      select: { id: true },
    });
    await recordBatch(rows.map(({ id }) => id));
    await checkpoint?.('scorecards:recorded');
    after = rows.at(-1)?.id ?? '';
    if (rows.length < BATCH) break;
  }
  await leave();
  await db().scorecardClock.upsert({
    where: { id: CLOCK },
    create: { id: CLOCK, claimedAt: at, recordedAt: at },
    update: { recordedAt: at },
  });
}

/** Products that came out of their draft since. */
async function recordNew(): Promise<void> {
  const rows = await db().product.findMany({
    where: { status: { notIn: ['draft', 'retired'] }, scorecard: { is: null } },
    orderBy: { id: 'asc' },
    take: BATCH,
    select: { id: true },
  });
  await recordBatch(rows.map(({ id }) => id));
}

/** Records the scorecards of some products now. */
export async function recordSome(productIds: readonly string[]): Promise<void> {
  for (let from = 0; from < productIds.length; from += BATCH) {
    await recordBatch(productIds.slice(from, from + BATCH));
  }
}

/** When all scorecards were looked at last; null before the first time. */
export async function recordedAt(): Promise<Date | null> {
  return (await db().scorecardClock.findUnique({ where: { id: CLOCK } }))?.recordedAt ?? null;
}

/** One after the other, so that an older look never overwrites a newer one. */
async function recordBatch(ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('scorecards'))`;
    const judged = await judgeChanged(ids, tx);
    if (judged.length === 0) return;
    const rows = await tx.scorecard.findMany({
      where: { productId: { in: judged.map(({ productId }) => productId) } },
    });
    const kept = new Map(rows.map((row) => [row.productId, row as unknown as Kept]));
    await keep(tx, judged, kept);
    await followCampaigns(tx, judged);
  });
}

async function keep(tx: Tx, judged: readonly Judged[], kept: ReadonlyMap<string, Kept>) {
  const rows = judged.flatMap((next) => {
    const was = kept.get(next.productId);
    const changes = changesOf(was?.results ?? {}, next.results);
    const isSame = was && changes.length === 0 && !differs(was, next);
    if (isSame && !hasOtherWords(was.results, next.results)) return [];
    // Two looks within a millisecond are two rows of its history.
    const at = new Date(Math.max(now().getTime(), was ? was.since.getTime() + 1 : 0));
    return [
      { ...next, since: isSame ? was.since : at, before: was?.level ?? null, changes, isSame },
    ];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into scorecard ("productId", level, score, levels, results, since)
    select x."productId", x.level, x.score, x.levels, x.results, x.since
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x("productId" text, level int, score float8, levels int[], results jsonb, since timestamptz)
    on conflict ("productId") do update set level = excluded.level, score = excluded.score,
      levels = excluded.levels, results = excluded.results, since = excluded.since`;
  await tx.scorecardChange.createMany({
    data: rows
      .filter(({ isSame }) => !isSame)
      .map(({ productId, since: at, level, before, score, levels, changes }) => ({
        ...{ productId, at, level, before, score, levels },
        // The first row begins a history: there is nothing that it changed.
        changes: (before === null ? [] : changes) as object[],
      })),
  });
}

function changesOf(was: Results, next: Results): StateChange[] {
  const ids = new Set([...Object.keys(was), ...Object.keys(next)]);
  return [...ids].flatMap((check) => {
    const [from, to] = [was[check]?.[0] ?? 'none', next[check]?.[0] ?? 'none'];
    return from === to ? [] : [{ check, from, to }];
  });
}

const hasOtherWords = (was: Results, next: Results) =>
  Object.entries(next).some(([check, [, why]]) => was[check]?.[1] !== why);

/** Products that have a scorecard no more: their history ends, and campaigns count them no more. */
async function leave(): Promise<void> {
  await transact(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtext('scorecards'))`;
    const gone = await tx.scorecard.findMany({
      where: { product: { status: { in: ['draft', 'retired'] } } },
      select: { productId: true, level: true, score: true, levels: true, since: true },
    });
    if (gone.length === 0) return;
    const ids = gone.map(({ productId }) => productId);
    await tx.scorecard.deleteMany({ where: { productId: { in: ids } } });
    await tx.scorecardChange.createMany({
      data: gone.map(({ level: before, since, ...row }) => ({
        ...{ ...row, level: null, before },
        at: new Date(Math.max(now().getTime(), since.getTime() + 1)),
      })),
    });
    await leaveCampaigns(tx, ids);
  });
}
