import { type Ctx, Prisma } from '@/lib/core';
import { concerning } from '@/lib/governance';
import type { Kept } from '../figures/kept-days';
import type { Period } from '../figures/period';
import type { FoundScope } from '../figures/scope';
import type { MetricUnit } from '../metrics/metric';

export interface RankRow {
  key: string;
  title: string;
  /** A product's address, or what the line is about. */
  detail: string;
  href: string;
  /** A word that needs attention: "burns". */
  alarm: string | null;
  /** By the keys of the columns; a moment in ISO 8601 where the unit is `date`. */
  cells: Record<string, number | string | null>;
}
/** A short list, what needs most attention first. */
export interface Rank {
  id: string;
  title: string;
  about: string;
  /** What a line is: "Product". */
  of: string;
  columns: { key: string; label: string; unit: MetricUnit | 'date' }[];
  /** What to say when there is none. */
  empty: string;
  read: (ctx: Ctx, scope: FoundScope, period: Period) => Promise<RankRow[]>;
  /** Facts of which what they come to by product is kept for whole ranges. */
  kept?: Kept;
}
export interface RankFigures extends Omit<Rank, 'read' | 'kept'> {
  rows: RankRow[];
}

export const ROWS = 10;

/** What of violations and waivers somebody has to do with: of which product `p`, or given to them (`mine`). */
export function reachOf(ctx: Ctx, mine: string): Prisma.Sql {
  const { id, OR } = concerning(ctx);
  if (id !== undefined) return Prisma.sql`false`;
  if (!OR) return Prisma.sql`true`;
  const [{ domainId }, { product }, { assigneeId }] = OR;
  return Prisma.sql`(p."domainId" = any(${domainId.in}::text[]) or p."ownerId" = ${product.ownerId}
    or ${Prisma.raw(mine)} = ${assigneeId})`;
}
