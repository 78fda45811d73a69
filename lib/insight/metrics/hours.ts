import { Prisma } from '@/lib/core';

/** The hours from one column's moment to another's. */
export const hoursBetween = (later: string, earlier: string): Prisma.Sql =>
  Prisma.raw(`(extract(epoch from ${later} - ${earlier}) / 3600)::float8`);
