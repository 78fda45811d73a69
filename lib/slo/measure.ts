import { db, now, pool, type Tx, transact } from '@/lib/core';
import { judgeBurns } from './burn';
import { compileFormula, type MinuteMetrics } from './formula';
import {
  MEASURE_EVENTS,
  MEASURE_STATES,
  METRICS_OF_MINUTES,
  ROLL_UP,
  ROLL_UP_DAYS,
  WRITE_CUSTOM,
} from './measure-sql';
import { SYNC_BATCH, syncObjectives } from './sync';
import { DAY_MS, floorDay, floorHour, floorMinute, HOUR_MS, MINUTE_MS } from './windows';

/** A minute is measured this long after its end: writers of usage events share commits. */
const LAG_MS = 20_000;
/** Minutes that are worked out again each round, for events that came in late. */
const AGAIN_MS = 5 * MINUTE_MS;
/** About as many measurements as one transaction writes. */
const STEP_ROWS = 60_000;
const MINUTES_KEPT_MS = 2 * DAY_MS;
const HOURS_KEPT_MS = 400 * DAY_MS;
const CLOCK = 'slo';

interface Clock {
  measuredThrough: Date;
  rolledThrough: Date;
}
interface Step {
  minutes: number;
  isCurrent: boolean;
}

/**
 * Measures every minute that is over and has not been measured. Any number of workers may call it at any time:
 * the clock's row is locked by one, moved in the same transaction as what it counts, and back where it was when
 * that worker dies. Minutes of a standstill are worked out afterwards from what really happened in them.
 * @returns how many minutes were measured
 */
export async function measureDue(
  checkpoint: (name: string) => Promise<void> = async () => {},
): Promise<number> {
  for (;;) {
    const changed = await transact(async (tx) => {
      const at = now();
      return (await takeClock(tx, at)) ? syncObjectives(tx, at) : 0;
    });
    if (changed < SYNC_BATCH) break;
  }
  let minutes = 0;
  for (;;) {
    const step = await transact((tx) => measureNext(tx, checkpoint));
    minutes += step?.minutes ?? 0;
    if (!step || step.isCurrent) return minutes;
  }
}

async function measureNext(
  tx: Tx,
  checkpoint: (name: string) => Promise<void>,
): Promise<Step | null> {
  const at = now();
  const clock = await takeClock(tx, at);
  if (!clock) return null;
  const due = floorMinute(new Date(at.getTime() - LAG_MS));
  const from = clock.measuredThrough;
  if (due <= from) return { minutes: 0, isCurrent: true };
  const step = await stepMs(tx);
  const through = new Date(Math.min(due.getTime(), from.getTime() + step));
  await measureMinutes(tx, from, through);
  const rolledThrough = await rollUp(tx, clock.rolledThrough, through);
  await tx.sloClock.update({
    where: { id: CLOCK },
    data: { measuredThrough: through, rolledThrough },
  });
  const isCurrent = through.getTime() === due.getTime();
  // What burned while nobody could tell is over; what burns now is told.
  if (isCurrent) await judgeBurns(tx, through);
  await checkpoint('slo:measured');
  return { minutes: (through.getTime() - from.getTime()) / MINUTE_MS, isCurrent };
}

/** Minutes of one transaction, when there is a backlog: fewer the more objectives there are. */
async function stepMs(tx: Tx): Promise<number> {
  const count = await tx.sloObjective.count({ where: { endedAt: null } });
  return Math.min(60, Math.max(1, Math.floor(STEP_ROWS / Math.max(count, 1)))) * MINUTE_MS;
}

/** Locks the clock; null while another worker has it. Time begins with the minute in which it is made. */
async function takeClock(tx: Tx, at: Date): Promise<Clock | null> {
  const lock = () => tx.$queryRaw<Clock[]>`
    select "measuredThrough", "rolledThrough" from slo_clock where id = ${CLOCK} for update skip locked`;
  const [row] = await lock();
  if (row) return row;
  // Making it where it is being moved would wait for whoever moves it.
  if ((await tx.sloClock.count()) > 0) return null;
  const { count } = await tx.sloClock.createMany({
    data: [{ id: CLOCK, measuredThrough: floorMinute(at), rolledThrough: floorHour(at) }],
    skipDuplicates: true,
  });
  return count > 0 ? ((await lock())[0] ?? null) : null;
}

async function measureMinutes(tx: Tx, from: Date, to: Date): Promise<void> {
  const again = new Date(from.getTime() - AGAIN_MS);
  for (const statement of MEASURE_EVENTS) await tx.$executeRawUnsafe(statement, again, to);
  for (const statement of MEASURE_STATES) await tx.$executeRawUnsafe(statement, from, to);
  await measureCustom(tx, from, to);
}

type CustomMinute = MinuteMetrics & { id: string; formula: string; minute: Date };

/** Formulas are judged here, minute by minute; one that cannot be judged leaves the minute out and says why. */
async function measureCustom(tx: Tx, from: Date, to: Date): Promise<void> {
  const rows = await tx.$queryRawUnsafe<CustomMinute[]>(METRICS_OF_MINUTES, from, to);
  if (rows.length === 0) return;
  const judged: { id: string; minute: Date; good: number }[] = [];
  const problems = new Map<string, string | null>();
  for (const { id, formula, minute, ...metrics } of rows) {
    const verdict = compileFormula(formula).judge(metrics);
    problems.set(id, 'problem' in verdict ? verdict.problem : null);
    if ('isGood' in verdict) judged.push({ id, minute, good: verdict.isGood ? 1 : 0 });
  }
  await tx.$executeRawUnsafe(
    WRITE_CUSTOM,
    judged.map(({ id }) => id),
    judged.map(({ minute }) => minute),
    judged.map(({ good }) => good),
  );
  await tx.$executeRaw`update slo_objective o set problem = t.problem
    from unnest(${[...problems.keys()]}::text[], ${[...problems.values()]}::text[]) as t(id, problem)
    where o.id = t.id and o.problem is distinct from t.problem`;
}

/** Rolls up hours that no late event can change any more, and the days that they finish. @returns up to when */
async function rollUp(tx: Tx, rolled: Date, through: Date): Promise<Date> {
  const until = floorHour(new Date(through.getTime() - AGAIN_MS));
  if (until <= rolled) return rolled;
  await tx.$executeRawUnsafe(ROLL_UP, rolled, until);
  const [day, today] = [floorDay(rolled), floorDay(until)];
  if (today > day) await tx.$executeRawUnsafe(ROLL_UP_DAYS, day, today);
  return until;
}

/** Deletes minutes that hours stand for, old probes and hours that no window reaches. */
export async function removeOldMeasurements(): Promise<void> {
  const clock = await db().sloClock.findUnique({ where: { id: CLOCK } });
  if (!clock) return;
  const at = now().getTime();
  const before = new Date(
    Math.min(
      at - MINUTES_KEPT_MS,
      clock.rolledThrough.getTime(),
      clock.measuredThrough.getTime() - HOUR_MS * 7,
    ),
  );
  await pool().query('delete from slo_measurement where minute < $1', [before]);
  await pool().query('delete from slo_probe where minute < $1', [before]);
  await pool().query('delete from web_minute where minute < $1', [before]);
  // Whole days, so that what a day says stays what its hours say.
  const lastKept = [floorDay(new Date(at - HOURS_KEPT_MS))];
  await pool().query('delete from slo_hour where hour < $1', lastKept);
  await pool().query('delete from slo_day where day < $1', lastKept);
  await pool().query('delete from slo_incident where "endedAt" < $1', [
    new Date(at - HOURS_KEPT_MS),
  ]);
}
