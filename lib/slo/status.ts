import { db, now, pool } from '@/lib/core';
import {
  BURN_POLICIES,
  type Budget,
  budgetOf,
  burnRate,
  isBurning,
  type Standing,
  standingOf,
} from './laws';
import { KINDS, type Kind } from './promises';
import { floorMinute, isWindow, MINUTE_MS, type WindowName, windowStart } from './windows';

export interface BurnView {
  policy: 'fast' | 'slow';
  factor: number;
  longMinutes: number;
  shortMinutes: number;
  /** Null where nothing was measured. */
  long: number | null;
  short: number | null;
  isBurning: boolean;
}
export interface ObjectiveView {
  id: string;
  productId: string;
  key: string;
  kind: Kind;
  title: string;
  origin: 'contract' | 'owner';
  target: number;
  threshold: number | null;
  isInclusive: boolean;
  formula: string | null;
  problem: string | null;
  rev: number;
  since: string;
  window: { name: WindowName; from: string; to: string };
  standing: Standing;
  budget: Budget;
  /** Minutes measured, minutes of outage, and the events that stand behind them. */
  measured: number;
  outage: number;
  goodEvents: number;
  events: number;
  burn: BurnView[];
}

const LENGTHS = [...new Set(BURN_POLICIES.flatMap((one) => [one.longMinutes, one.shortMinutes]))];
const LONGEST = Math.max(...LENGTHS);
type BurnColumn = `${'m' | 'g'}${number}`;
type Sums = Record<'measured' | 'good' | 'outage' | 'goodEvents' | 'events', number> &
  Record<BurnColumn, number> & { id: string };

const recent = (minutes: number) => {
  const within = `filter (where x.minute >= $3::timestamptz - interval '${minutes} minutes')`;
  return `count(*) ${within}::int as m${minutes}, coalesce(sum(x.share) ${within}, 0)::float8 as g${minutes}`;
};
/** Where nothing was lost within the longest window, one measured minute says as much as all: the rate is 0. */
const burnOf = (minutes: number) => {
  const isMeasured = `coalesce(l.minute >= $3::timestamptz - interval '${minutes} minutes', false)::int`;
  return `case when b.id is null then ${isMeasured} else f.m${minutes} end as m${minutes},
    case when b.id is null then ${isMeasured} else f.g${minutes} end as g${minutes}`;
};
const PARTS = `measured, good, outage, "goodEvents", events`;
const total = (alias: string) =>
  PARTS.split(', ')
    .map((part) => `coalesce(sum(${alias}.${part}), 0) as ${part}`)
    .join(', ');

/**
 * Whole hours to the window's first UTC midnight, whole days, the hours after the last midnight, and the minutes that no
 * finished hour stands for yet: one statement, one snapshot, however many objectives. A window of 30 days is some 80
 * rows. The newest six hours are read minute by minute for burn rates only where something was lost in them.
 */
const SUMS = `
  with clock as (select coalesce(max("rolledThrough"), $3::timestamptz) as rolled from slo_clock),
  asked as (select a.id, a."from", c.rolled, least(m."first", c.rolled) as first_day,
      greatest(date_trunc('day', c.rolled, 'UTC'), m."first") as last_day
    from unnest($1::text[], $2::timestamptz[]) as a(id, "from") cross join clock c
    cross join lateral (select date_trunc('day', a."from" + interval '1 day' - interval '1 millisecond', 'UTC') as "first") m),
  bad as (select distinct "objectiveId" as id from slo_measurement where good < total
    and minute >= $3::timestamptz - interval '${LONGEST} minutes' and minute < $3::timestamptz)
  select a.id, (h.measured + f.measured)::int as measured, (h.good + f.good)::float8 as good,
    (h.outage + f.outage)::int as outage, (h."goodEvents" + f."goodEvents")::float8 as "goodEvents",
    (h.events + f.events)::float8 as events,
    ${LENGTHS.map(burnOf).join(', ')}
  from asked a left join bad b on b.id = a.id
  cross join lateral (select ${total('p')} from (
      select ${PARTS} from slo_hour where "objectiveId" = a.id and hour >= a."from" and hour < a.first_day
      union all
      select ${PARTS} from slo_day where "objectiveId" = a.id and day >= a.first_day and day < a.last_day
      union all
      select ${PARTS} from slo_hour where "objectiveId" = a.id and hour >= a.last_day and hour < a.rolled) p) h
  cross join lateral (select count(*) filter (where x."isFresh") as measured,
      coalesce(sum(x.share) filter (where x."isFresh"), 0) as good,
      count(*) filter (where x."isFresh" and x."isOutage") as outage,
      coalesce(sum(x.good) filter (where x."isFresh"), 0) as "goodEvents",
      coalesce(sum(x.total) filter (where x."isFresh"), 0) as events,
      ${LENGTHS.map(recent).join(', ')}
    from (select minute, sum(good) as good, sum(total) as total, sum(good) / sum(total) as share,
        bool_or(source = 'outage') as "isOutage", minute >= a.rolled and minute >= a."from" as "isFresh"
      from slo_measurement
      where "objectiveId" = a.id and minute < $3::timestamptz and total > 0
        and minute >= case when b.id is null then a.rolled
          else least(a.rolled, $3::timestamptz - interval '${LONGEST} minutes') end
      group by minute) x) f
  left join lateral (select minute from slo_measurement
    where "objectiveId" = a.id and minute < $3::timestamptz and total > 0
    order by minute desc limit 1) l on true`;

/** Up to when minutes are measured; the present before the first. */
export async function measuredThrough(): Promise<Date> {
  const clock = await db().sloClock.findFirst();
  return clock?.measuredThrough ?? floorMinute(now());
}

/** The objectives of some products as they stand: two statements, however many there are. */
export async function objectivesOf(productIds: readonly string[]): Promise<ObjectiveView[]> {
  if (productIds.length === 0) return [];
  const [to, rows] = await Promise.all([
    measuredThrough(),
    db().sloObjective.findMany({
      where: { productId: { in: [...productIds] }, endedAt: null },
      orderBy: [{ origin: 'asc' }, { key: 'asc' }],
    }),
  ]);
  rows.sort((a, b) => placeOf(a) - placeOf(b));
  const windows = rows.map((row) => {
    const name = isWindow(row.window) ? row.window : '30_days';
    return { name, from: windowStart(name, to) };
  });
  const { rows: sums } = await pool().query<Sums>({
    name: 'slo_sums',
    text: SUMS,
    values: [rows.map(({ id }) => id), windows.map(({ from }) => from), to],
  });
  const byId = new Map(sums.map((sum) => [sum.id, sum]));
  return rows.map((row, index) => viewOf(row, { ...windows[index]!, to }, byId.get(row.id)!));
}

const placeOf = ({ kind }: { kind: string }) => KINDS.indexOf(kind as Kind);

type Row = Awaited<ReturnType<ReturnType<typeof db>['sloObjective']['findMany']>>[number];

function viewOf(
  row: Row,
  window: { name: WindowName; from: Date; to: Date },
  sums: Sums,
): ObjectiveView {
  const { id, productId, key, title, target, threshold, isInclusive, formula, problem, rev } = row;
  const burn = burnsOf(sums, target, (window.to.getTime() - row.since.getTime()) / MINUTE_MS);
  const budget = budgetOf(sums, target);
  return {
    ...{ id, productId, key, title, target, threshold, isInclusive, formula, problem, rev },
    kind: row.kind as Kind,
    origin: row.origin as 'contract' | 'owner',
    since: row.since.toISOString(),
    window: { name: window.name, from: window.from.toISOString(), to: window.to.toISOString() },
    standing: standingOf(
      budget,
      sums.measured,
      burn.some((one) => one.isBurning),
    ),
    budget,
    measured: sums.measured,
    outage: sums.outage,
    goodEvents: sums.goodEvents,
    events: sums.events,
    burn,
  };
}

function burnsOf(sums: Sums, target: number, ageMinutes: number): BurnView[] {
  return BURN_POLICIES.map((policy) => {
    const { key, factor, longMinutes, shortMinutes } = policy;
    const rate = (minutes: number) =>
      burnRate({ measured: sums[`m${minutes}`] ?? 0, good: sums[`g${minutes}`] ?? 0 }, target);
    const [long, short] = [rate(longMinutes), rate(shortMinutes)];
    return {
      ...{ policy: key, factor, longMinutes, shortMinutes, long, short },
      isBurning: ageMinutes >= longMinutes / 4 && isBurning(policy, long, short),
    };
  });
}

const WORST: readonly Standing[] = ['missed', 'at_risk', 'met', 'early'];

/** A product in one word: its worst objective. */
export function worstOf(standings: readonly Standing[]): Standing {
  return WORST.find((one) => standings.includes(one)) ?? 'early';
}
