import { z } from 'zod';
import { type Ctx, db, type Prisma } from '@/lib/core';
import { periodOf } from '../figures/period';
import { Scope, scopeOf } from '../figures/scope';
import type { Level } from './checks/check';
import { recordedAt, type StateChange } from './record';
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
 * Products by level, day by day, added up from every change since the first: exact whatever the range. Days before the
 * first recording are left out, since nobody knows them. @throws AppError not_found | forbidden
 */
export async function scorecardCourse(ctx: Ctx, raw: Scope = {}): Promise<Course> {
  const { where, range } = await scopeOf(ctx, raw);
  const { from, to } = periodOf(range);
  const rows = await db().$queryRaw<{ day: Date; level: number; n: number }[]>`
    with moves as (select date_trunc('day', x.at, 'UTC') as day, x.level, x.before
      from scorecard_change x join product p on p.id = x."productId" where ${where} and x.at < ${to})
    select greatest(m.day, ${from}::timestamptz - interval '1 day') as day, l.level,
      sum((m.level is not distinct from l.level)::int - (m.before is not distinct from l.level)::int)::int as n
    from moves m cross join generate_series(0, 3) as l(level) group by 1, 2 order by 1`;
  const [first, last] = await Promise.all([firstRecording(where), recordedAt()]);
  const recorded = last?.toISOString() ?? null;
  if (!first) return { since: null, recordedAt: recorded, points: [] };
  const counts: LevelPoint['counts'] = [0, 0, 0, 0];
  const points: LevelPoint[] = [];
  let at = 0;
  for (let day = from.getTime(); day < to.getTime(); day += DAY_MS) {
    for (; at < rows.length && rows[at]!.day.getTime() <= day; at += 1) {
      counts[rows[at]!.level as Level] += rows[at]!.n;
    }
    if (day + DAY_MS > first.getTime()) {
      points.push({ at: new Date(day).toISOString(), counts: [...counts] });
    }
  }
  return { since: first.toISOString(), recordedAt: recorded, points };
}
const DAY_MS = 86_400_000;

async function firstRecording(where: Prisma.Sql): Promise<Date | null> {
  const [row] = await db().$queryRaw<{ at: Date | null }[]>`
    select min(x.at) as at from scorecard_change x join product p on p.id = x."productId" where ${where}`;
  return row?.at ?? null;
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
  const { where } = await scopeOf(ctx, scope);
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
