import { Prisma } from '@/lib/core';

const DAY_MS = 86_400_000;

/** A parameter: so many days before. */
export const daysBefore = (at: Date, days: number): Prisma.Sql =>
  Prisma.sql`${new Date(at.getTime() - days * DAY_MS)}::timestamptz`;
