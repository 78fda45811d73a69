import { db } from '@/lib/core';
import type { Period } from './period';

/** From when on it is known who read; before, only how much was read. */
export async function readersSince(): Promise<Date> {
  const { readersSince: since } = await db().usageKept.findUniqueOrThrow({ where: { id: 1 } });
  return since;
}

interface Told {
  value: number | null;
  previous: number | null;
}
interface Figures extends Told {
  points: (Told & { at: string })[];
  parts: Told[];
}

/**
 * Figures of people without those of days of which it is not known any more who read: there is no figure in their place,
 * and none that counts a part of its days.
 */
export async function asFarAsHeld<F extends Figures>(
  figures: F,
  period: Period,
): Promise<F & { heldFrom?: string }> {
  const since = await readersSince();
  const { from, previousFrom, previousBuckets } = period;
  const [isHeld, isHeldBefore] = [from >= since, previousFrom >= since];
  if (isHeld && isHeldBefore) return figures;
  const without = <T extends Told>(one: T): T => ({
    ...one,
    value: isHeld ? one.value : null,
    previous: isHeldBefore ? one.previous : null,
  });
  return {
    ...without(figures),
    points: figures.points.map((point, place) => {
      const before = previousBuckets[place];
      return {
        ...point,
        value: Date.parse(point.at) >= since.getTime() ? point.value : null,
        previous: before && later(before, previousFrom) >= since ? point.previous : null,
      };
    }),
    parts: figures.parts.map(without),
    ...(!isHeld && { heldFrom: since.toISOString() }),
  };
}

/** A bucket may begin before the period does. */
export const later = (a: Date, b: Date): Date => (a > b ? a : b);
