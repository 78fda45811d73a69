import type { DataProduct } from '@/lib/specs';

export const SUITES = ['unit', 'integration', 'quality', 'performance'] as const;
export type SuiteName = (typeof SUITES)[number];
export const isSuite = (name: string): name is SuiteName =>
  (SUITES as readonly string[]).includes(name);

/** What a suite is run against: a product as it stands in staging. */
export interface SuiteTarget {
  productId: string;
  domain: string;
  name: string;
  ownerId: string;
  snapshotId: string;
  descriptor: DataProduct;
  /** Since when this run works: what was checked after that need not be checked again. */
  since: Date;
  signal: AbortSignal;
}

export interface SuiteResult {
  name: string;
  status: 'passed' | 'failed' | 'warning' | 'skipped';
  message: string;
  /** Figures, or the rows that differ. */
  detail?: object;
}

/** The suites read through modules right of this one; the worker hands them in. */
export type Suites = Record<SuiteName, (target: SuiteTarget) => Promise<SuiteResult[]>>;
