import type { ChangeRow } from '@/lib/insight';
import { LEVELS, type Level } from '@/lib/insight/scorecards/checks/check';

const STATES: Record<string, string> = {
  pass: 'passes now',
  fail: 'fails now',
  unknown: 'could not be computed',
  none: 'is asked no more',
};

/** What became of a check: “A sentence says what it is: passes now”. */
export const changeText = ({ title, to }: ChangeRow['changes'][number]): string =>
  `${title}: ${STATES[to] ?? to}`;

/** What became of the level: “None → Bronze”; null where it stayed. */
export function levelMove({ before, level }: Pick<ChangeRow, 'before' | 'level'>): string | null {
  if (before === null) return `The first recording: ${LEVELS[level ?? 0]}`;
  if (level === null) return 'Scored no more';
  return before === level ? null : `${LEVELS[before]} → ${LEVELS[level]}`;
}

export const levelWord = (level: Level | number): string => LEVELS[level as Level];
export const DOERS = { owner: 'The owner', steward: 'A steward', users: 'Its readers' } as const;
export const products = (n: number): string =>
  `${n.toLocaleString('en')} ${n === 1 ? 'product' : 'products'}`;
