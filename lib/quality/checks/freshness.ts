import { z } from 'zod';
import { durationToMs, parseDuration, parseThreshold } from '@/lib/specs';
import { fromBounds, thresholdSchema } from '../threshold';
import { defineCheck } from './define-check';

interface Age {
  maxAge?: string | number | undefined;
  maxAgeHours?: number | undefined;
}
const HOUR_MS = 3_600_000;

export const freshness = defineCheck({
  title: 'Fresh enough',
  dimension: 'freshness',
  needsColumn: true,
  config: z
    .looseObject({
      maxAge: z.union([z.string(), z.number()]).optional(),
      maxAgeHours: z.number().positive().optional(),
      threshold: thresholdSchema.optional(),
    })
    .refine((config) => config.threshold || maxAgeMs(config) !== null, {
      error: 'Give maxAge as a length of time, for example 1_day',
    }),
  threshold: (config) => fromBounds({ max: (maxAgeMs(config) ?? 0) / HOUR_MS }),
  /** Hours since the newest value. */
  compile: ({ column }) => ({
    kind: 'value',
    value: `date_diff('millisecond', cast(max(${column}) as timestamp), cast(now() at time zone 'UTC' as timestamp)) / ${HOUR_MS}.0`,
  }),
  describe: (column, config) =>
    `The newest ${column} is at most ${Math.round((maxAgeMs(config) ?? 0) / HOUR_MS)} hours old`,
});

function maxAgeMs(config: Age): number | null {
  if (config.maxAgeHours) return config.maxAgeHours * HOUR_MS;
  if (config.maxAge === undefined) return null;
  const parsed = parseDuration(config.maxAge) ?? parseThreshold(config.maxAge);
  if (!parsed || parsed.unit === 'percent' || parsed.unit === 'number') return null;
  return Math.round(durationToMs({ value: parsed.value, unit: parsed.unit }));
}
