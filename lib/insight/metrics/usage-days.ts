import { Prisma } from '@/lib/core';
import type { Window } from './metric';

export const USAGE_SOURCE =
  'Every read that was answered, added up by hour and day as it is written; at once.';

/** Product-days of reads; `figure` is the column that is added up. */
export const usageDays = (
  { from, to }: Window,
  figure: 'reads' | 'sizeBytes',
): Prisma.Sql => Prisma.sql`
  select d.day as at, d."productId", d.${Prisma.raw(`"${figure}"`)}::float8 as num, null::float8 as den, d.reads as n,
    d."productId" || to_char(d.day at time zone 'UTC', ':YYYY-MM-DD') as key,
    d.reads || ' reads, ' || d."rowCount" || ' rows, ' || d."sizeBytes" || ' bytes' as label
  from usage_day d where d.day >= ${from} and d.day < ${to} and d.reads > 0`;
