import { z } from 'zod';
import { type Ctx, db, type Prisma } from '@/lib/core';
import { periodOf } from '../figures/period';
import { Scope } from '../figures/scope';
import type { Level } from './checks/check';
import { recordedAt, type StateChange } from './record';
import { scopedTo } from './scope';
import { checkWords } from './words';

/** How many products were at each level at the end of a day. */
export interface LevelPoint {
  /** ISO 8601: the day's first instant. */
  at: string;
  counts: [number, number, number, number];
}
export interface Course {
  /** When the first scorecard of these products was recorded; nothing is known before. */
  since: string | null;
  /** When all scorecards were looked at last; null before the first time. */
  recordedAt: string | null;
  points: LevelPoint[];
}

/**
 * Products by level, day by day: from how they stand now back through every move since, so that what is read grows with
 * the days that are shown and not with all of history. Days before the first recording are left out, since nobody knows
 * them. @throws AppError not_found | forbidden
 */
export async function scorecardCourse(ctx: Ctx, raw: Scope = {}): Promise<Course> {
  const scope = Scope.parse(raw);
  const { from, to } = periodOf(scope.range);
  const [{ counts, moves, first }, last] = await Promise.all([
    movesSince(await scopedTo(ctx, scope), from),
    recordedAt(),
  ]);
  const recorded = last?.toISOString() ?? null;
  if (first === null) return { since: null, recordedAt: recorded, points: [] };
  const since = new Date(first);
  const standing = [0, 1, 2, 3].map((level) => counts[level] ?? 0);
  const byDay = Map.groupBy(moves, ({ day }) => Date.parse(day));
  const points: LevelPoint[] = [];
  // What moved after the last day that is shown is taken back first.
  const days = [...new Set([...byDay.keys(), ...daysBetween(from, to)])].sort((a, b) => b - a);
  for (const day of days) {
    if (day >= from.getTime() && day < to.getTime() && day + DAY_MS > since.getTime()) {
      const at = new Date(day).toISOString();
      points.unshift({ at, counts: [...standing] as LevelPoint['counts'] });
    }
    for (const { level, before, n } of byDay.get(day) ?? []) {
      if (level !== null) standing[level]! -= n;
      if (before !== null) standing[before]! += n;
    }
  }
  return { since: since.toISOString(), recordedAt: recorded, points };
}
const DAY_MS = 86_400_000;
const daysBetween = (from: Date, to: Date) =>
  Array.from(
    { length: Math.ceil((to.getTime() - from.getTime()) / DAY_MS) },
    (_, at) => from.getTime() + at * DAY_MS,
  );

interface Moves {
  /** Products at each level now. */
  counts: Record<string, number>;
  /** UTC days, as `2026-01-31`. */
  moves: { day: string; level: Level | null; before: Level | null; n: number }[];
  first: string | null;
}

/** All in one statement: what is recorded meanwhile is in each part of it, or in none. */
async function movesSince(where: Prisma.Sql, from: Date): Promise<Moves> {
  const [row] = await db().$queryRaw<Moves[]>`
    with seen as materialized (select p.id from product p where ${where})
    select (select coalesce(jsonb_object_agg(x.level, x.n), '{}') from (
        select c.level, count(*) as n from scorecard c join seen s on s.id = c."productId" group by 1) x) as counts,
      (select coalesce(jsonb_agg(x), '[]') from (
        select (m.at at time zone 'UTC')::date as day, m.level, m.before, count(*) as n
        from scorecard_change m join seen s on s.id = m."productId"
        where m.at >= ${from} and m.level is distinct from m.before group by 1, 2, 3) x) as moves,
      (select min(m.at) from scorecard_change m join seen s on s.id = m."productId" where m.before is null) as first`;
  return row!;
}

const PAGE = 20;
const LAST_PAGE = 200;
export const ChangesInput = Scope.extend({
  page: z.coerce.number().int().min(1).max(LAST_PAGE).default(1),
});
export type ChangesInput = z.input<typeof ChangesInput>;

export interface ChangeRow {
  at: string;
  address: string;
  title: string;
  /** Null: it was scored no more from here on. */
  level: Level | null;
  /** Null: its history begins here. */
  before: Level | null;
  score: number;
  changes: (StateChange & { title: string })[];
}

/** What changed of scorecards, newest first, all the way back. @throws AppError not_found | forbidden */
export async function scorecardChanges(
  ctx: Ctx,
  raw: ChangesInput = {},
): Promise<{ items: ChangeRow[]; page: number; hasMore: boolean }> {
  const { page, ...scope } = ChangesInput.parse(raw);
  const where = await scopedTo(ctx, scope);
  const [rows, checks] = await Promise.all([
    db().$queryRaw<(Omit<ChangeRow, 'at' | 'changes'> & { at: Date; changes: StateChange[] })[]>`
      select x.at, d.name || '/' || p.name as address, p.title, x.level, x.before, x.score, x.changes
      from scorecard_change x join product p on p.id = x."productId" join domain d on d.id = p."domainId"
      where ${where} order by x.at desc, p.id limit ${PAGE + 1} offset ${(page - 1) * PAGE}`,
    checkWords(),
  ]);
  const titles = new Map(checks.map(({ id, title }) => [id, title]));
  const items = rows.slice(0, PAGE).map((row) => ({
    ...row,
    at: row.at.toISOString(),
    changes: row.changes.map((one) => ({ ...one, title: titles.get(one.check) ?? one.check })),
  }));
  return { items, page, hasMore: rows.length > PAGE && page < LAST_PAGE };
}
