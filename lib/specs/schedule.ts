import { type Duration, durationToMs, parseDuration, printQuantity } from './quantities';

/** When a pipeline runs. Cron expressions are five numeric fields, read in UTC. */
export type Schedule =
  | { kind: 'interval'; every: Duration }
  | { kind: 'cron'; expression: string }
  | { kind: 'continuous' }
  | { kind: 'manual' };

/** What a pipeline without a schedule gets (spec, "Processing Template": `config.get("schedule", "daily")`). */
export const DEFAULT_SCHEDULE = 'daily';

const SHORTEST_INTERVAL_MS = 60_000;
const CRON_RANGES = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;
const FREQUENCY_WORDS = new Map([
  ['1_hour', 'hourly'],
  ['1_day', 'daily'],
  ['1_week', 'weekly'],
  ['1_month', 'monthly'],
  ['1_year', 'yearly'],
]);

/** `hourly`, `daily`, `4_hours`, `0 6 * * 1`, `real_time` or `manual`; null for anything else. */
export function parseSchedule(raw: string): Schedule | null {
  const text = raw.trim().toLowerCase();
  if (text === 'manual' || text === 'on_demand') return { kind: 'manual' };
  if (text === 'real_time' || text === 'continuous') return { kind: 'continuous' };
  const every = parseDuration(text);
  if (every) return durationToMs(every) < SHORTEST_INTERVAL_MS ? null : { kind: 'interval', every };
  const expression = text.replace(/\s+/g, ' ');
  return isCron(expression) ? { kind: 'cron', expression } : null;
}

export function printSchedule(schedule: Schedule): string {
  switch (schedule.kind) {
    case 'manual':
      return 'manual';
    case 'continuous':
      return 'real_time';
    case 'cron':
      return schedule.expression;
    case 'interval': {
      const text = printQuantity(schedule.every);
      return FREQUENCY_WORDS.get(text) ?? text;
    }
  }
}

function isCron(expression: string): boolean {
  const fields = expression.split(' ');
  return (
    expression.length <= 200 &&
    fields.length === CRON_RANGES.length &&
    fields.every((field, index) => field.split(',').every((part) => isCronPart(part, index)))
  );
}

function isCronPart(part: string, fieldIndex: number): boolean {
  const match = /^(?:\*|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part);
  const range = CRON_RANGES[fieldIndex];
  if (!match || !range) return false;
  const [low, high] = range;
  const from = Number(match[1] ?? low);
  const to = Number(match[2] ?? match[1] ?? high);
  return low <= from && from <= to && to <= high && match[3] !== '0' && match[3] !== '00';
}
