import { z } from 'zod';
import { identifierSchema, slugSchema } from './names';
import { isDuration, parseDuration, parsePercent, parseThreshold } from './quantities';
import { parseSchedule } from './schedule';

/** Pieces that several documents share. Values stay as written, so that a document prints back unchanged. */
export const API_VERSION = 'v1';
export const apiVersionSchema = z.literal(API_VERSION);

export const CLASSIFICATIONS = ['public', 'internal', 'confidential', 'restricted'] as const;
export type Classification = (typeof CLASSIFICATIONS)[number];
export const classificationSchema = z.enum(CLASSIFICATIONS);

export const PERMISSIONS = ['read', 'write', 'delete', 'manage'] as const;
export type Permission = (typeof PERMISSIONS)[number];
export const permissionsSchema = z
  .array(z.enum(PERMISSIONS))
  .min(1, 'Grant at least one permission, for example [read]')
  .refine((all) => new Set(all).size === all.length, {
    error: 'A permission stands here twice. Remove one of them',
  });

export const ENFORCEMENTS = ['warning', 'error'] as const;
export type Enforcement = (typeof ENFORCEMENTS)[number];
export const enforcementSchema = z.enum(ENFORCEMENTS);

export const metadataSchema = z.looseObject({
  name: slugSchema,
  namespace: slugSchema.optional(),
});
export const templateMetadataSchema = z.looseObject({ name: identifierSchema });

const NOT_BLANK = /\S/;
const BLANK = 'This is empty. Write something';
export const lineSchema = z.string().regex(NOT_BLANK, BLANK).max(200);
export const proseSchema = z.string().regex(NOT_BLANK, BLANK).max(5000);
export const tagsSchema = z.array(z.string().regex(NOT_BLANK, BLANK).max(50)).max(30);
export const configurationSchema = z.record(z.string(), z.unknown());

const written = z.union([z.string(), z.number()]);

export const percentSchema = written.refine((raw) => parsePercent(raw) !== null, {
  error: 'Use a percentage from 0 to 100, for example 99.9%',
});
export const durationSchema = written.refine((raw) => parseDuration(raw) !== null, {
  error: 'Use a length of time, for example 7_years or "1 hour"',
});
export const percentThresholdSchema = written.refine(
  (raw) => {
    const parsed = parseThreshold(raw);
    return (
      parsed !== null &&
      parsed.value <= 100 &&
      (parsed.unit === 'percent' || parsed.unit === 'number')
    );
  },
  { error: 'Use a percentage from 0 to 100, for example 99.9% or ">= 99.9%"' },
);
export const durationThresholdSchema = written.refine(
  (raw) => {
    const parsed = parseThreshold(raw);
    return (parsed !== null && isDuration(parsed)) || parseDuration(raw) !== null;
  },
  { error: 'Use a length of time, for example "< 100ms" or "< 1 hour"' },
);
export const thresholdSchema = written.refine((raw) => parseThreshold(raw) !== null, {
  error: 'Use a quantity, for example 95%, "< 1 hour" or ">= 1000"',
});
export const scheduleSchema = z.string().refine((raw) => parseSchedule(raw) !== null, {
  error:
    'Use hourly, daily, weekly, monthly, an interval such as 4_hours, a cron line of five numbers such as "0 6 * * 1", real_time or manual',
});
