import { now } from '@/lib/core';

/** A UTC day as PostgreSQL's `date` and Prisma's `@db.Date` take it. */
export const today = (): Date => new Date(`${now().toISOString().slice(0, 10)}T00:00:00Z`);
export const dayText = (day: Date): string => day.toISOString().slice(0, 10);
