import type { ServedProduct } from './resolve';
import type { RowsQuery } from './types';

/** What a format's server is given, once the read is allowed and understood. */
export interface Reading {
  product: ServedProduct;
  query: RowsQuery;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Says that the response is over; the first call counts. */
  done(outcome: { rowCount: number; sizeBytes: number; status?: number }): void;
}
