import { z } from 'zod';
import { invalid, now } from '@/lib/core';

const DAY_MS = 86_400_000;
const MAX_DAYS = 366;
const MAX_PRICE = 1_000_000;
const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));

const price = z
  .number('Write a price')
  .min(0, 'A price is zero or more')
  .max(MAX_PRICE, `A price is at most ${MAX_PRICE.toLocaleString('en')}`);

export const CostModelFields = z.object({
  currency: z
    .string()
    .trim()
    .toUpperCase()
    .refine((code) => CURRENCIES.has(code), 'Write the code of a currency, as EUR or USD'),
  /** The first UTC day on which the prices are in force. */
  from: z.iso.date('Choose a day'),
  storageGbMonth: price,
  loadHour: price,
  qualityHour: price,
  queryHour: price,
  egressGb: price,
});
export const CostModelInput = CostModelFields.extend({
  reason: z
    .string()
    .trim()
    .min(5, 'Say in a few words why, for whoever asks later')
    .max(500, 'Use at most 500 characters'),
  /** The number of the version that was read; 0 when there was none. */
  after: z.number().int().min(0),
});
export type CostModelFields = z.input<typeof CostModelFields>;
export type CostModelInput = z.input<typeof CostModelInput>;

/** The day's first instant. @throws AppError invalid, naming `from` */
export function firstDayOf(from: string): Date {
  const day = new Date(`${from}T00:00:00Z`);
  const days = (day.getTime() - now().getTime()) / DAY_MS;
  if (Math.abs(days) <= MAX_DAYS) return day;
  const message = 'Choose a day within a year from today, before or after it.';
  throw invalid(message, { from: message });
}
