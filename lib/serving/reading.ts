import type { ServedProduct } from './resolve';
import type { RowsQuery } from './types';

/** What a format's server is given, once the read is allowed and understood. */
export interface Reading {
  product: ServedProduct;
  query: RowsQuery;
  headers: Record<string, string>;
  signal: AbortSignal;
  /** Asked between parts of a long answer; throws when the reader may not have the rest. */
  mayGoOn(): Promise<void>;
  /** Says that the response is over; the first call counts. */
  done(outcome: { rowCount: number; sizeBytes: number; status?: number }): void;
}
