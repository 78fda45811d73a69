import { z } from 'zod';

const number = z.number().refine(Number.isFinite, { error: 'Use a number' });
const pair = z.tuple([number, number]).refine(([low, high]) => low < high, {
  error: 'Give the smaller number first, then the larger one',
});

/**
 * The operators of the Open Data Contract Standard. `mustBeBetween` leaves its bounds out, as the standard's
 * text says ("equivalent to mustBeGreaterThan and mustBeLessThan"); `mustNotBeBetween` is its opposite.
 */
const OPERATORS = {
  mustBe: number,
  mustNotBe: number,
  mustBeGreaterThan: number,
  mustBeGreaterOrEqualTo: number,
  mustBeLessThan: number,
  mustBeLessOrEqualTo: number,
  mustBeBetween: pair,
  mustNotBeBetween: pair,
} as const;
export type Operator = keyof typeof OPERATORS;
export const OPERATOR_NAMES = Object.keys(OPERATORS) as Operator[];

/** When a measurement is good: every operator that is given has to hold. */
export const thresholdSchema = z
  .strictObject({
    mustBe: number.optional(),
    mustNotBe: number.optional(),
    mustBeGreaterThan: number.optional(),
    mustBeGreaterOrEqualTo: number.optional(),
    mustBeLessThan: number.optional(),
    mustBeLessOrEqualTo: number.optional(),
    mustBeBetween: pair.optional(),
    mustNotBeBetween: pair.optional(),
    /** Rows, or percent of the rows that were looked at. */
    unit: z.enum(['rows', 'percent']).default('rows'),
    /** What a percentage is of: the rows that the rule looks at, or all rows of the table. */
    of: z.enum(['looked', 'all']).default('looked'),
  })
  .refine((threshold) => OPERATOR_NAMES.some((name) => threshold[name] !== undefined), {
    error: `Give one of ${OPERATOR_NAMES.join(', ')}`,
  })
  .refine(
    (threshold) =>
      threshold.unit !== 'percent' ||
      OPERATOR_NAMES.flatMap((name) => threshold[name] ?? []).every(
        (one) => one >= 0 && one <= 100,
      ),
    { error: 'A percentage lies between 0 and 100' },
  );
export type Threshold = z.infer<typeof thresholdSchema>;

/** Counts are exact; shares are compared to nine digits, so that 0.1 + 0.2 is 0.3. */
const near = (a: number, b: number) =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));
const above = (a: number, b: number) => a > b && !near(a, b);

const HOLDS: Record<Operator, (value: number, bound: number | [number, number]) => boolean> = {
  mustBe: (value, bound) => near(value, bound as number),
  mustNotBe: (value, bound) => !near(value, bound as number),
  mustBeGreaterThan: (value, bound) => above(value, bound as number),
  mustBeGreaterOrEqualTo: (value, bound) => !above(bound as number, value),
  mustBeLessThan: (value, bound) => above(bound as number, value),
  mustBeLessOrEqualTo: (value, bound) => !above(value, bound as number),
  mustBeBetween: (value, bound) => isInside(value, bound as [number, number]),
  mustNotBeBetween: (value, bound) => !isInside(value, bound as [number, number]),
};
const isInside = (value: number, [low, high]: [number, number]) =>
  above(value, low) && above(high, value);

export const holds = (threshold: Threshold, value: number): boolean =>
  OPERATOR_NAMES.every((name) => {
    const bound = threshold[name];
    return bound === undefined || HOLDS[name](value, bound);
  });

const WORDS: Record<Operator, (bound: string) => string> = {
  mustBe: (bound) => `exactly ${bound}`,
  mustNotBe: (bound) => `not ${bound}`,
  mustBeGreaterThan: (bound) => `more than ${bound}`,
  mustBeGreaterOrEqualTo: (bound) => `at least ${bound}`,
  mustBeLessThan: (bound) => `less than ${bound}`,
  mustBeLessOrEqualTo: (bound) => `at most ${bound}`,
  mustBeBetween: (bound) => `between ${bound}`,
  mustNotBeBetween: (bound) => `not between ${bound}`,
};
const shown = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 6 });

/** The threshold in words: "at most 5 %". */
export function thresholdWords(threshold: Threshold): string {
  const unit = threshold.unit === 'percent' ? ' %' : '';
  return OPERATOR_NAMES.flatMap((name) => {
    const bound = threshold[name];
    if (bound === undefined) return [];
    const text = Array.isArray(bound)
      ? `${shown(bound[0])} and ${shown(bound[1])}${unit}`
      : shown(bound) + unit;
    return [WORDS[name](text)];
  }).join(' and ');
}

/** `min` and `max`, both of them allowed values, as a threshold. */
export function fromBounds(bounds: {
  min?: number | null | undefined;
  max?: number | null | undefined;
  isMinStrict?: boolean | undefined;
  isMaxStrict?: boolean | undefined;
}): Threshold | null {
  const { min, max, isMinStrict, isMaxStrict } = bounds;
  if (min == null && max == null) return null;
  return {
    ...(min != null && { [isMinStrict ? 'mustBeGreaterThan' : 'mustBeGreaterOrEqualTo']: min }),
    ...(max != null && { [isMaxStrict ? 'mustBeLessThan' : 'mustBeLessOrEqualTo']: max }),
    unit: 'rows',
    of: 'looked',
  };
}
