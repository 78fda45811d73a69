import type { Comparison, Range } from '../figures/period';

/** The columns of a share that say which days it shows, beside which. */
export interface Kept {
  range: string;
  compare: string;
  fromDay: Date | null;
  toDay: Date | null;
}

/** The same as a view is asked for. */
export function spanOf({ range, compare, fromDay, toDay }: Kept) {
  return {
    ...{ range: range as Range, compare: compare as Comparison },
    ...(fromDay && toDay && { from: dayOf(fromDay), to: dayOf(toDay) }),
  };
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
