import { Prisma } from '@/lib/core';

export const COST_KINDS = ['storage', 'load', 'quality', 'query', 'egress'] as const;
export type CostKind = (typeof COST_KINDS)[number];
/** What a product takes of the platform by itself, and what its readers take. */
export type Source = 'resource' | 'usage';

/** Of `u`, what was taken; `p` is the price of it. A gigabyte is 10^9 bytes, a month 30 days. */
export const KINDS: Record<
  CostKind,
  { source: Source; amount: string; cost: string; words: string }
> = {
  storage: {
    source: 'resource',
    amount: 'u."byteHours"',
    cost: 'u."byteHours" / 1e9 / 720 * p."storageGbMonth"',
    words: `'stored ' || round(u."byteHours"::numeric / 24) || ' bytes'`,
  },
  load: {
    source: 'resource',
    amount: 'u."loadMs"',
    cost: 'u."loadMs" / 3.6e6 * p."loadHour"',
    words: `'loaded for ' || round(u."loadMs"::numeric / 1000, 1) || ' s'`,
  },
  quality: {
    source: 'resource',
    amount: 'u."qualityMs"',
    cost: 'u."qualityMs" / 3.6e6 * p."qualityHour"',
    words: `'checked for ' || round(u."qualityMs"::numeric / 1000, 1) || ' s'`,
  },
  query: {
    source: 'usage',
    amount: 'u."latencyMs"',
    cost: 'u."latencyMs" / 3.6e6 * p."queryHour"',
    words: `u.reads || ' reads of ' || round(u."latencyMs"::numeric / 1000, 1) || ' s in all'`,
  },
  egress: {
    source: 'usage',
    amount: 'u."sizeBytes"',
    cost: 'u."sizeBytes" / 1e9 * p."egressGb"',
    words: `'served ' || u."sizeBytes" || ' bytes'`,
  },
};

export const joined = (kinds: readonly CostKind[], part: 'amount' | 'cost', by = ' + ') =>
  Prisma.raw(kinds.map((kind) => KINDS[kind][part]).join(by) || '0');
export const ofSource = (kinds: readonly CostKind[], source: Source) =>
  kinds.filter((kind) => KINDS[kind].source === source);

/** What `u` costs by the prices `p`, as far as it is of a source. */
export const costOf = (kinds: readonly CostKind[], source?: Source): Prisma.Sql =>
  joined(source ? ofSource(kinds, source) : kinds, 'cost');

/** What a metric of costs is made of. */
export interface Costs {
  kinds: readonly CostKind[];
  /** A fact's `den` is the reads that it was for, and only they are counted. */
  hasReads?: true;
  /** Today is left out, and so is the first day of all; and everything where that first day has no price. */
  ofWholeDays?: true;
}

/** How many days of products, and how many reads, amounts `u` that were added up stand for. */
export function observedOf({ kinds, hasReads }: Costs): Prisma.Sql {
  const own = ofSource(kinds, 'resource');
  const isStored = own.includes('storage');
  const days = isStored ? (own.length > 1 ? 'u.taken' : 'u.stored') : 'u.worked';
  const reads = ofSource(kinds, 'usage').length > 0 ? 'u.reads' : '0';
  return Prisma.raw(own.length > 0 && !hasReads ? `${days} + ${reads}` : reads);
}
