import { Prisma } from '@/lib/core';
import type { Window } from './metric';

export const USAGE_SOURCE =
  'Every read that was answered, added up by hour and day as it is written; at once.';
type Column = 'reads' | 'sizeBytes';
const numOf = (column: Column) => Prisma.raw(`d."${column}"::float8 as num`);

/** Product-days of reads; `column` is what is added up. A day of more readers than a chunk has is several facts. */
export const usageDays = ({ from, to }: Window, column: Column): Prisma.Sql => Prisma.sql`
  select d.day as at, d."productId", ${numOf(column)}, null::float8 as den, d.reads as n,
    d."productId" || to_char(d.day at time zone 'UTC', ':YYYY-MM-DD:') || d.chunk as key,
    d.reads || ' reads, ' || d."rowCount" || ' rows, ' || d."sizeBytes" || ' bytes' as label
  from usage_day d where d.day >= ${from} and d.day < ${to} and d.reads > 0`;

/** The same by domain. */
export const usageDomainDays = ({ from, to }: Window, column: Column): Prisma.Sql => Prisma.sql`
  select d.day as at, d."domainId", ${numOf(column)}, null::float8 as den, d.reads as n
  from usage_domain_day d where d.day >= ${from} and d.day < ${to} and d.reads > 0`;
