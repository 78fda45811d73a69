/** What an axis counts: whole things, shares in percent, or anything else. */
export type Measure = 'whole' | 'share' | 'other';

/** Where a chart's axis begins and ends: at zero, unless shares are all high, whose differences would not show. */
export function axisOf(values: readonly (number | null)[], measure: Measure): [number, number] {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) return [0, 1];
  const [least, most] = [Math.min(...known), Math.max(...known)];
  if (least === 0 && most === 0) return [0, 1];
  // Where nothing was lost, nothing has to show.
  const isHigh = measure === 'share' && least >= 50 && least < 100;
  const low = isHigh
    ? Math.max(0, least - Math.max((100 - least) * 0.25, 0.1))
    : Math.min(0, least);
  const high = isHigh && most <= 100 ? 100 : Math.max(0, most);
  const step = niceStep((high - low || Math.abs(high) || 1) / 4, measure);
  return [
    isHigh ? Math.max(0, Math.floor(low / step) * step) : Math.floor(low / step) * step,
    isHigh && most <= 100 ? 100 : Math.ceil(high / step - 1e-9) * step + 0,
  ].map((end) => Number(end.toPrecision(12))) as [number, number];
}

/** 1, 2 or 5 times a power of ten: what people count in. */
function niceStep(rough: number, measure: Measure): number {
  if (measure === 'whole' && rough < 1) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const size = rough / power;
  return (size <= 1 ? 1 : size <= 2 ? 2 : size <= 5 ? 5 : 10) * power;
}

/** Marks of the axis, both ends among them, evenly. */
export function ticksOf([low, high]: [number, number], measure: Measure): number[] {
  const step = niceStep((high - low) / 4, measure);
  const ticks: number[] = [];
  for (let one = Math.ceil(low / step - 1e-9) * step; one <= high + step * 1e-9; one += step) {
    ticks.push(Number(one.toPrecision(12)));
  }
  return ticks;
}

export interface Step {
  at: string;
  value: number | null;
}
type Corner = { x: number; y: number };

/** What holds from one moment to the next as lines across, and the lines up or down between them. */
export function stepLines(steps: readonly Step[], to: number): [Corner, Corner][] {
  return steps.flatMap(({ at, value }, place) => {
    if (value === null) return [];
    const [x, next] = [Date.parse(at), steps[place + 1]];
    const end = next ? Date.parse(next.at) : to;
    const across: [Corner, Corner] = [
      { x, y: value },
      { x: end, y: value },
    ];
    return next && next.value !== null
      ? [
          across,
          [
            { x: end, y: value },
            { x: end, y: next.value },
          ] as [Corner, Corner],
        ]
      : [across];
  });
}

/** What holds at a moment. */
export const valueAt = (steps: readonly Step[], at: number): number | null =>
  steps.findLast((step) => Date.parse(step.at) <= at)?.value ?? null;

export interface Placed {
  kind: string;
  at: string;
}

/** What happened, one group a bucket and kind, where the bucket's first stands. */
export function groupMarks<T extends Placed>(marks: readonly T[], ats: readonly string[]) {
  const starts = ats.map((at) => Date.parse(at));
  const groups = Map.groupBy(marks, ({ at, kind }) => {
    const place = starts.findLastIndex((start) => start <= Date.parse(at));
    return `${Math.max(0, place)} ${kind}`;
  });
  return [...groups.values()].map((all) => ({ kind: all[0]!.kind, at: all[0]!.at, all }));
}
